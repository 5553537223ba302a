/**
 * The margin: a bar beside the lines of each passage, and the name of its code.
 *
 * @typedef {import("./model.js").Item} Item
 * @typedef {import("./desk.js").Desk} Desk
 * @typedef {import("./paper.js").TurnView} TurnView
 */

import { fill, h } from "./dom.js";
import { DENIES, lanes } from "./model.js";
import { cut } from "./offsets.js";
import { rangeOf } from "./paper.js";

/** The room of a bar, and of all bars together: where more stand side by side, they stand closer. */
const LANE = 6;
const LANES = 30;
/** Where names stand beside one bar, as in the style sheet. */
export const INDENT = LANE + 6;
/** The height of a name on one line, until names are measured; and the room between two. */
const LABEL = 23;
const GAP = 1;

/**
 * Draw the margin of a turn; the bars are placed by {@link placeBars}.
 * @param {Desk} desk
 * @param {TurnView} view
 * @param {Item[]} items
 */
export function drawMargin(desk, view, items) {
  const bars = items.map((item) => {
    const bar = h("span.bar", { "aria-hidden": "true", data: { item: item.id }, style: { "--code": desk.colour(item.code) } });
    bar.classList.add(...classes(desk, item));
    return bar;
  });
  const tags = rows(items).map((row) => {
    const first = row.find((item) => item.id === desk.cursor.item) ?? row[0];
    const tag = label(desk, view, first, row);
    tag.classList.add(...classes(desk, first));
    return tag;
  });
  view.margin.replaceChildren(...bars, ...tags);
  view.margin.style.minHeight = tags.length ? `${tags.length * LABEL}px` : "";
}

/**
 * The names in a margin: what several others coded with one code, about the same words, has one name.
 * @param {Item[]} items of a turn, in reading order
 * @returns {Item[][]}
 */
export function rows(items) {
  /** @type {Item[][]} */
  const found = [];
  for (const item of items) {
    const same = (/** @type {Item} */ one) =>
      !one.mine && one.code === item.code && one.stance === item.stance && one.start < item.end && item.start < one.end;
    const row = item.mine ? undefined : found.find((others) => others.some(same));
    if (row) row.push(item);
    else found.push([item]);
  }
  return found;
}

/** @param {Desk} desk @param {TurnView} view @param {Item} item at hand, or the first of its row @param {Item[]} row */
function label(desk, { turn }, item, row) {
  const { texts } = desk;
  const code = desk.code(item.code);
  const denies = item.stance === DENIES;
  const said = [code.label];
  if (denies) said.push(texts.denies);
  if (item.kind === "suggestion") said.push(fill(texts.suggestionScore, { score: percent(item.score) }));
  const coders = item.mine ? [] : [...new Set(row.map((one) => one.coder ?? ""))];
  if (coders.length) said.push(coders.join(", "));
  if (item.memo) said.push(texts.hasMemo);
  if (item.state === "rejected") said.push(texts.rejected);
  const parts = [
    denies && h("span.deny", { "aria-hidden": "true" }, "≠"),
    h("span.code", { lang: desk.page.language }, code.label),
    denies && h("span.small.said", {}, texts.denies),
    ...coders.map((name, index) => h("span.small.coder", { translate: "no" }, index < coders.length - 1 ? `${name},` : name)),
    item.memo && h("span.small", { "aria-hidden": "true" }, "✎"),
  ].filter((part) => part instanceof Node);
  return h(
    "button.tag",
    {
      type: "button",
      tabIndex: -1,
      title: `${said.join(" · ")}\n${code.definition}`,
      "aria-label": said.join(", "),
      "aria-description": cut(turn.text, item.start, item.end), // whoever does not see the page decides about words too
      "aria-current": desk.cursor.item === item.id,
      data: { item: item.id },
      style: { "--code": desk.colour(item.code) },
      onclick: () => desk.choose(row[(row.findIndex((one) => one.id === desk.cursor.item) + 1) % row.length].id),
    },
    ...parts.flatMap((part, index) => (index ? [" ", part] : [part])), // a line may break between them
  );
}

/** @param {Desk} desk @param {Item} item */
function classes(desk, item) {
  const found = [item.state];
  if (desk.cursor.item === item.id) found.push("current");
  if (item.stance === DENIES) found.push("denied");
  if (!item.mine) found.push("other");
  return found;
}

/** A score as people read it; nothing is certain. @param {number|undefined} score */
export function percent(score) {
  if (score === undefined) return "–";
  return score < 1 && score >= 0.995 ? ">99%" : `${Math.round(score * 100)}%`;
}

/**
 * Put bars beside their lines, and names below each other. All places are read before any is written, so that the
 * browser lays out once.
 * @param {Iterable<{view: TurnView, items: Item[]}>} turns
 */
export function placeBars(turns) {
  const measured = [];
  for (const { view, items } of turns) {
    if (!items.length) continue;
    const top = view.margin.getBoundingClientRect().top;
    const bars = items.map((item) => extent(view, item, top));
    const lane = lanes(bars);
    const count = Math.max(...lane) + 1;
    measured.push({ view, items, bars, lane: lane.map((one) => one * Math.min(LANE, LANES / count)), indent: Math.min(count * LANE, LANES) + 6 });
  }
  // A name stands beside the bars and goes on on a next line where the margin is narrow, so first its width.
  for (const { view, indent } of measured) {
    if (view.indent === indent) continue; // what changes nothing would still be laid out again
    view.indent = indent;
    view.margin.style.setProperty("--indent", `${indent}px`);
  }
  const heights = measured.map(({ view }) => [...view.margin.querySelectorAll(".tag")].map((tag) => tag.getBoundingClientRect().height));
  for (const [index, one] of measured.entries()) place(one, heights[index]);
}

/** @param {TurnView} view @param {Item} item @param {number} top */
function extent(view, item, top) {
  const box = rangeOf(view, item.start, item.end).getBoundingClientRect();
  return { top: box.top - top, bottom: box.bottom - top };
}

/**
 * @param {{view: TurnView, items: Item[], bars: {top: number, bottom: number}[], lane: number[]}} measured where each bar
 *   stands, and in which lane
 * @param {number[]} heights of the names
 */
function place({ view, items, bars, lane }, heights) {
  const elements = /** @type {HTMLElement[]} */ ([...view.margin.children]);
  for (const [index, { top, bottom }] of bars.entries()) {
    elements[index].style.cssText += `;top:${top}px;height:${bottom - top}px;left:${lane[index]}px`;
  }
  let free = 0;
  for (const [index, [first]] of rows(items).entries()) {
    const at = Math.max(free, bars[items.indexOf(first)].top);
    elements[bars.length + index].style.top = `${at}px`;
    free = at + heights[index] + GAP;
  }
  view.margin.style.minHeight = `${free}px`;
}
