/**
 * The margin: a bar beside the lines of each passage, and the name of its code.
 *
 * @typedef {import("./model.js").Item} Item
 * @typedef {import("./desk.js").Desk} Desk
 * @typedef {import("./paper.js").TurnView} TurnView
 */

import { fill, h } from "./dom.js";
import { DENIES, lanes } from "./model.js";
import { rangeOf } from "./paper.js";

/** The room of a bar, and of all bars together: where more stand side by side, they stand closer. */
const LANE = 6;
const LANES = 60;
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
  const rows = items.map((item) => [
    h("span.bar", { "aria-hidden": "true", data: { item: item.id }, style: { "--code": desk.colour(item.code) } }),
    label(desk, item),
  ]);
  for (const [index, item] of items.entries()) for (const element of rows[index]) element.classList.add(...classes(desk, item));
  view.margin.replaceChildren(...rows.flat());
  view.margin.style.minHeight = items.length ? `${items.length * LABEL}px` : "";
}

/** @param {Desk} desk @param {Item} item */
function label(desk, item) {
  const { texts } = desk;
  const code = desk.code(item.code);
  const denies = item.stance === DENIES;
  const said = [code.label];
  if (denies) said.push(texts.denies);
  if (item.kind === "suggestion") said.push(fill(texts.suggestionScore, { score: percent(item.score) }));
  if (!item.mine) said.push(item.coder ?? "");
  if (item.memo) said.push(texts.hasMemo);
  if (item.state === "rejected") said.push(texts.rejected);
  return h(
    "button.tag",
    {
      type: "button",
      tabIndex: -1,
      title: `${said.join(" · ")}\n${code.definition}`,
      "aria-label": said.join(", "),
      data: { item: item.id },
      style: { "--code": desk.colour(item.code) },
      onclick: () => desk.choose(item.id),
    },
    denies && h("span.deny", { "aria-hidden": "true" }, "≠"),
    h("span.code", { lang: desk.page.language }, code.label),
    denies && h("span.small.said", {}, texts.denies),
    !item.mine && h("span.small", { translate: "no" }, item.coder),
    item.memo && h("span.small", { "aria-hidden": "true" }, "✎"),
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
    measured.push({ view, bars, lane: lane.map((one) => one * Math.min(LANE, LANES / count)), indent: Math.min(count * LANE, LANES) + 6 });
  }
  // A name stands beside the bars and goes on on a next line where the margin is narrow, so first its width.
  for (const { view, indent } of measured) {
    if (view.indent === indent) continue; // what changes nothing would still be laid out again
    view.indent = indent;
    view.margin.style.setProperty("--indent", `${indent}px`);
  }
  const heights = measured.map(({ view }) => [...view.margin.querySelectorAll(".tag")].map((tag) => tag.getBoundingClientRect().height));
  for (const [index, { view, bars, lane }] of measured.entries()) place(view, bars, lane, heights[index]);
}

/** @param {TurnView} view @param {Item} item @param {number} top */
function extent(view, item, top) {
  const box = rangeOf(view, item.start, item.end).getBoundingClientRect();
  return { top: box.top - top, bottom: box.bottom - top };
}

/** @param {TurnView} view @param {{top: number, bottom: number}[]} bars @param {number[]} lane where each bar stands @param {number[]} heights of the names */
function place(view, bars, lane, heights) {
  const elements = /** @type {HTMLElement[]} */ ([...view.margin.children]);
  let free = 0;
  for (const [index, { top, bottom }] of bars.entries()) {
    const [bar, tag] = elements.slice(index * 2, index * 2 + 2);
    bar.style.cssText += `;top:${top}px;height:${bottom - top}px;left:${lane[index]}px`;
    const at = Math.max(free, top);
    tag.style.top = `${at}px`;
    free = at + heights[index] + GAP;
  }
  view.margin.style.minHeight = `${free}px`;
}
