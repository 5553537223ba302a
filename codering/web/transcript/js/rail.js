/**
 * Beside the page: what is at hand, why it was suggested, what its code means, and room for a memo.
 *
 * @typedef {import("./model.js").Item} Item
 * @typedef {import("./desk.js").Desk} Desk
 */

import { counted, fill, h } from "./dom.js";
import { drawFinish, isFinished } from "./finish.js";
import { percent } from "./margin.js";
import { DENIES, progress } from "./model.js";

/** @param {Desk} desk */
export function drawRail(desk) {
  const item = desk.current;
  const parts = [
    drawProgress(desk, item),
    item ? null : drawFinish(desk),
    item ? drawItem(desk, item) : drawTurn(desk),
    item && drawWhy(desk, item),
    item && drawCode(desk, item),
  ].filter((part) => part instanceof Node);
  const writing = memoBeingWritten(desk);
  if (!writing) return desk.rail.replaceChildren(...parts, drawMemo(desk, item));
  for (const child of [...desk.rail.children]) if (child !== writing) child.remove();
  writing.before(...parts);
}

/** What a memo that is written now is about. @param {Desk} desk @param {Item|null} item */
function aboutOf(desk, item) {
  return item?.kind === "coding" && item.mine ? `coding:${item.id}` : `transcript:${desk.page.transcript}`;
}

/** The memo's place, if somebody types there now: then it stays as it is, whatever the server says. @param {Desk} desk */
function memoBeingWritten(desk) {
  const area = desk.rail.querySelector("textarea");
  return !desk.noted && area && area === desk.active() ? area.closest("section") : null;
}

/** @param {Desk} desk @param {Item|null} item */
function drawProgress(desk, item) {
  const { texts } = desk;
  const all = progress(desk.items);
  const lines = all.total ? [meter(texts.progressTranscript, all)] : [];
  const ofCode = progress(desk.items, item?.code);
  if (item && ofCode.total) lines.push(meter(fill(texts.progressCode, { code: desk.code(item.code).label }), ofCode));
  if (desk.lost) lines.push(h("p.waiting", {}, texts.lost));
  if (desk.waiting) lines.push(h("p.waiting", { role: "status" }, counted(texts, "waiting", desk.waiting)));
  const tools = h("div.actions.tools", {}, button(desk, texts.find, "/", false), button(desk, texts.keys, "?", false));
  // With a passage at hand there is no room to say more than where one goes on.
  if (item && isFinished(desk) && desk.state.onward.next) tools.append(button(desk, texts.onward, "t", false));
  return h("section.progress", { "aria-label": texts.progress }, ...lines, tools);
}

/** @param {string} label @param {{done: number, total: number}} count */
function meter(label, { done, total }) {
  return h(
    "div.meter",
    {},
    h("span", {}, label),
    h("span.count", {}, total ? `${done}/${total}` : "–"),
    h("progress", { max: Math.max(total, 1), value: done, "aria-label": `${label}: ${done}/${total}` }),
  );
}

/** @param {Desk} desk @param {Item} item */
function drawItem(desk, item) {
  const { texts } = desk;
  const code = desk.code(item.code);
  const theme = h("span.theme", {}, code.theme);
  const name = h("h2", { style: { "--code": desk.colour(item.code) } }, code.label);
  return h(
    "section.choice",
    { "aria-label": texts.passage },
    theme,
    name,
    h("p.state", {}, stateOf(desk, item)),
    h("div.actions", {}, ...buttons(desk, item)),
  );
}

/** @param {Desk} desk @param {Item} item */
function stateOf(desk, item) {
  const { texts } = desk;
  const stance = item.stance === DENIES ? `≠ ${texts.denies}` : texts.confirms;
  const state = {
    open: fill(texts.stateOpen, { score: percent(item.score) }),
    rejected: texts.stateRejected,
    held: item.mine ? texts.stateMine : fill(texts.stateOther, { coder: item.coder ?? "" }),
  }[item.state];
  return `${stance} · ${state}`;
}

/** @param {Desk} desk @param {Item} item */
function buttons(desk, item) {
  const { texts } = desk;
  const key = (/** @type {string} */ label, /** @type {string} */ shortcut, primary = false) =>
    button(desk, label, shortcut, primary);
  if (!item.mine) return [];
  if (item.state === "open") {
    const turned = item.stance === DENIES ? texts.acceptConfirms : texts.acceptDenies;
    return [key(texts.accept, "a", true), key(texts.reject, "r"), key(turned, "s"), key(texts.change, "c"), key(texts.bounds, "e")];
  }
  if (item.state === "rejected") return [key(texts.acceptAfterAll, "a", true), key(texts.change, "c")];
  const back = item.suggestion ? [key(texts.reject, "r")] : [];
  return [key(texts.change, "c"), key(texts.flip, "s"), key(texts.bounds, "e"), ...back, key(texts.remove, "x")];
}

/** @param {Desk} desk @param {string} label @param {string} shortcut @param {boolean} primary */
function button(desk, label, shortcut, primary) {
  return h(
    primary ? "button.key.primary" : "button.key",
    { type: "button", "aria-keyshortcuts": shortcut, onclick: () => desk.run(shortcut) },
    label,
    h("kbd", { "aria-hidden": "true" }, shortcut.toUpperCase()),
  );
}

/** @param {Desk} desk */
function drawTurn(desk) {
  const { texts } = desk;
  const view = desk.views.get(desk.cursor.turn);
  if (!view) return null;
  const { done, total } = progress(desk.items);
  const lead = !view.codable ? texts.moderatorHint : done < total ? texts.turnHint : texts.bareHint;
  const keys = view.codable
    ? [button(desk, texts.whole, "w", false), button(desk, texts.part, "e", false), button(desk, texts.read, "g", false)]
    : [];
  return h("section.choice", { "aria-label": texts.turnAtHand }, h("p.lead", {}, lead), h("div.actions", {}, ...keys));
}

/** @param {Desk} desk @param {Item} item */
function drawWhy(desk, item) {
  const why = item.why ?? [];
  if (!item.source || !item.mine) return null;
  const reason = desk.page.rules[item.source];
  const by = (/** @type {string} */ kind) => why.filter((one) => one.kind === kind);
  const quoted = (/** @type {string} */ label, /** @type {object[]} */ ones) =>
    ones.length > 0 &&
    h("p.evidence", {}, h("span.label", {}, label), ...ones.map((one, index) => quotation(one, ones[index + 1])));
  return h(
    "section.why",
    {},
    h("h3", {}, reason === undefined ? desk.texts.whyLearned : desk.texts.whyRule),
    reason && h("p.reason", { lang: "nl" }, reason),
    quoted(desk.texts.foundWords, by("match")),
    quoted(desk.texts.stanceWords, by("cue")),
    quoted(desk.texts.contextWords, by("context")),
    weights(desk, by("feature")),
    neighbours(desk, by("neighbour")),
    ...by("note").map((one) => h("p.evidence", {}, [one.words, one.detail].filter(Boolean).join(": "))),
    alsoBy(desk, item.also ?? []),
  );
}

/** What else suggests the same. @param {Desk} desk @param {string[]} sources */
function alsoBy(desk, sources) {
  if (!sources.length) return null;
  const reasons = sources.map((source) => h("li", { lang: "nl" }, desk.page.rules[source] ?? desk.texts.theModel));
  return h("div", {}, h("p.label", {}, desk.texts.also), h("ul", {}, ...reasons));
}

/**
 * Words, and what is said of them: once for several in a row of which the same is said.
 * @param {{words: string, detail?: string}} one
 * @param {{detail?: string}} [next]
 */
function quotation({ words, detail }, next) {
  const said = detail && next?.detail !== detail ? ` (${detail})` : "";
  return h("span.quote", { translate: "no" }, h("q", { lang: "nl" }, words), said);
}

/** @param {Desk} desk @param {{words: string, weight?: number}[]} features */
function weights(desk, features) {
  if (!features.length) return null;
  const most = Math.max(...features.map((one) => Math.abs(one.weight ?? 0)), 1e-9);
  const rows = features.map(({ words, weight = 0 }) =>
    h(
      "li",
      {},
      h("span", { lang: "nl", translate: "no" }, words),
      h("span.weight", { style: { "--share": `${(Math.abs(weight) / most) * 100}%` } }),
      h("span.number", {}, `${weight < 0 ? "−" : "+"}${Math.abs(weight).toFixed(2)}`),
    ),
  );
  return h("div", {}, h("p.label", {}, desk.texts.weights), h("ul.weights", {}, ...rows));
}

/** @param {Desk} desk @param {{words: string, detail?: string}[]} found */
function neighbours(desk, found) {
  if (!found.length) return null;
  const rows = found.map(({ words, detail }) => h("li", { lang: "nl", translate: "no" }, h("q.clamped", { title: words }, words), h("span.label", {}, detail ?? "")));
  return h("div", {}, h("p.label", {}, desk.texts.neighbours), h("ul.neighbours", {}, ...rows));
}

/** @param {Desk} desk @param {Item} item */
function drawCode(desk, item) {
  const { texts } = desk;
  const code = desk.code(item.code);
  const list = (/** @type {string} */ label, /** @type {string[]} */ lines) =>
    lines.length > 0 && h("div.criteria", {}, h("p.label", {}, label), h("ul", {}, ...lines.map((line) => h("li", {}, line))));
  const examples = code.examples.length + code.near.length > 0 &&
    h(
      "details",
      { open: desk.examplesOpen, ontoggle: (/** @type {Event} */ event) => { desk.examplesOpen = event.target.open; } },
      h("summary", {}, texts.examples),
      list(texts.carries, code.examples),
      list(texts.carriesNot, code.near),
    );
  return h(
    "section.meaning",
    { lang: "nl" },
    h("h3", { lang: desk.page.language }, texts.meaning),
    h("p", {}, code.definition),
    list(texts.include, code.include),
    list(texts.exclude, code.exclude),
    examples,
  );
}

/** @param {Desk} desk @param {Item|null} item */
function drawMemo(desk, item) {
  const about = aboutOf(desk, item);
  const label = about.startsWith("coding:") ? desk.texts.memoCoding : desk.texts.memoTranscript;
  const area = /** @type {HTMLTextAreaElement} */ (
    h("textarea", {
      rows: 3,
      value: desk.memoAbout(about),
      spellcheck: false,
      "aria-label": label,
      placeholder: desk.texts.memoPlaceholder,
      data: { about },
      onchange: () => {
        desk.noted = true; // it loses the focus: what is drawn now need not spare it
        desk.keepMemo(area.dataset.about ?? about, area.value);
        desk.noted = false;
      },
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key !== "Escape") return;
        area.blur();
        desk.focus();
      },
    })
  );
  return h("section.memo", {}, h("h3", {}, label, h("kbd", { "aria-hidden": "true" }, "M")), area);
}
