/**
 * The transcript as a page of turns: speaker, time, words, and the passages as coloured underlays.
 *
 * @typedef {import("./model.js").Item} Item
 * @typedef {import("./desk.js").Desk} Desk
 */

import { clock, fill, h } from "./dom.js";
import { cut, tiles } from "./offsets.js";
import { INDENT } from "./margin.js";
import { DENIES } from "./model.js";

/**
 * One turn on the page.
 * @typedef {object} TurnView
 * @property {{number: number, speaker: number, start: number|null, text: string}} turn
 * @property {HTMLElement} box
 * @property {HTMLElement} words holds the turn's text and nothing else
 * @property {HTMLElement} margin
 * @property {HTMLElement} trouble
 * @property {boolean} codable
 * @property {number} length of the text in code points
 * @property {{start: number, end: number, node: Text}[]} nodes the text nodes, in order
 * @property {string} painted what the words look like now, to paint only what changed
 * @property {string} margined what the margin looks like now
 * @property {string} placed the margin whose bars were placed
 * @property {number} indent of the names in the margin, in pixels
 */

/** @param {Desk} desk @returns {Map<number, TurnView>} */
export function layTurns(desk) {
  const views = new Map();
  const sheet = document.createDocumentFragment();
  let before = -1;
  for (const [number, speaker, start, text] of desk.page.turns) {
    const view = layTurn(desk, { number, speaker, start, text }, before === speaker);
    views.set(number, view);
    sheet.append(view.box);
    before = speaker;
  }
  desk.paper.replaceChildren(sheet);
  return views;
}

/** @param {Desk} desk @param {TurnView["turn"]} turn @param {boolean} continues @returns {TurnView} */
function layTurn(desk, turn, continues) {
  const { name, codable, role } = desk.page.speakers[turn.speaker];
  const words = h("div.words", { lang: "nl", translate: "no" });
  const margin = h("div.margin");
  const trouble = h("p.trouble", { hidden: true });
  const label = fill(desk.texts.turn, { number: turn.number, speaker: name });
  const box = h(
    "article.turn",
    { "aria-label": codable ? label : `${label}, ${role}`, tabIndex: -1, data: { turn: String(turn.number) } },
    h(
      "header.who",
      { translate: "no" },
      h("span.name", { title: name }, name),
      !codable && !continues && h("span.role", {}, role),
      turn.start !== null && h("time", {}, clock(turn.start)),
      h("span.number", { "aria-hidden": "true" }, turn.number),
    ),
    words,
    margin,
    trouble,
  );
  if (!codable) box.classList.add("moderator");
  return { turn, box, words, margin, trouble, codable, length: [...turn.text].length, nodes: [], painted: "\0", margined: "", placed: "", indent: INDENT };
}

/**
 * Paint the words of a turn, if they look different from before.
 * @param {Desk} desk
 * @param {TurnView} view
 * @param {Item[]} items of this turn
 * @returns {boolean} whether anything was painted
 */
export function paintWords(desk, view, items) {
  const places = [...items.map((item) => ({ start: item.start, end: item.end, item })), ...marks(desk, view, items)];
  const looks = JSON.stringify([desk.dark, places.map(({ start, end, item, mark }) => [start, end, mark ?? look(item)])]);
  if (looks === view.painted) return false;
  view.painted = looks;
  view.nodes = [];
  const line = document.createDocumentFragment();
  for (const { start, end, over } of tiles(view.length, places)) {
    const node = document.createTextNode(cut(view.turn.text, start, end));
    view.nodes.push({ start, end, node });
    line.append(over.length ? underlaid(desk, view, node, over) : node);
  }
  view.words.replaceChildren(line);
  return true;
}

/** What decides how an item looks. @param {Item} item */
function look(item) {
  return [item.id, item.code, item.stance, item.state, item.mine];
}

/** Evidence of the item at hand, and the words that are being chosen. @param {Desk} desk @param {TurnView} view */
function marks(desk, view, items) {
  const found = [];
  const number = view.turn.number;
  const { current, span } = desk;
  found.push(...(desk.finding?.marks(number) ?? []));
  if (span?.turn === number) found.push({ start: span.start, end: span.end, mark: "span" });
  else if (current) {
    if (current.turn === number && items.some((item) => item.id === current.id)) {
      found.push({ start: current.start, end: current.end, mark: "current" });
    }
    for (const why of current.why ?? []) {
      if (why.turn === number && why.start !== undefined) found.push({ start: why.start, end: why.end, mark: why.kind });
    }
  }
  return found;
}

/** The turns with words that are marked now. @param {Desk} desk @returns {number[]} */
export function markedTurns(desk) {
  const { current, span } = desk;
  return [span?.turn ?? 0, current?.turn ?? 0, ...(desk.finding?.turns ?? []), ...(current?.why ?? []).map((/** @type {any} */ why) => why.turn ?? 0)];
}

/** How much of a turn a passage covers from where on its lines are left out: the margin says as much, and is calmer. */
const WHOLE = 0.9;

/** How many lines fit under words before they touch the next; the margin shows every passage. */
const LINES = 3;

/** @param {Desk} desk @param {TurnView} view @param {Text} node @param {{item?: Item, mark?: string}[]} over */
function underlaid(desk, view, node, over) {
  const items = over.flatMap(({ item }) => (item ? [item] : []));
  const classes = over.flatMap(({ mark }) => (mark ? [`on-${mark}`] : []));
  const span = h("span.passage", { data: { items: items.map((item) => item.id).join(" ") } }, node);
  if (!items.length) span.className = "";
  span.classList.add(...new Set(classes));
  if (items.length) {
    const isPart = (/** @type {Item} */ item) => item.end - item.start < view.length * WHOLE;
    const layers = items.map((item) => ({ item, colour: desk.colour(item.code), lined: isPart(item) }));
    span.style.background = underlay(layers);
    span.style.setProperty("--deep", String(Math.min(LINES, layers.filter((one) => one.lined).length)));
  }
  return span;
}

/**
 * Stripes for passages that overlap, a line under each (dashed for a suggestion), hatching for what is denied.
 * @param {{item: Item, colour: string, lined: boolean}[]} layers
 */
export function underlay(layers) {
  const share = 100 / layers.length;
  const lined = layers.filter((layer) => layer.lined).slice(0, LINES);
  const lines = lined.map(({ item, colour }, index) => {
    const stroke = item.kind === "suggestion"
      ? `repeating-linear-gradient(90deg, ${colour} 0 5px, transparent 5px 9px)`
      : `linear-gradient(${colour}, ${colour})`;
    return `${stroke} 0 calc(100% - ${(lined.length - 1 - index) * 3}px) / 100% 2px no-repeat`;
  });
  const hatching = layers.flatMap(({ item, colour }, index) =>
    item.stance === DENIES
      ? [`repeating-linear-gradient(135deg, ${tint(colour, item.kind === "suggestion" ? 24 : 34)} 0 1px, transparent 1px 6px) 0 ${index * share}% / 100% ${share}% no-repeat`]
      : [],
  );
  const stops = layers.map(({ item, colour }, index) => {
    const strength = item.kind === "suggestion" ? 9 : 16;
    return `${tint(colour, strength)} ${index * share}% ${(index + 1) * share}%`;
  });
  return [...lines, ...hatching, `linear-gradient(to bottom, ${stops.join(", ")})`].join(", ");
}

/** @param {string} colour @param {number} percent */
function tint(colour, percent) {
  return `color-mix(in srgb, ${colour} ${percent}%, transparent)`;
}

/**
 * A place in a turn as a range in the document.
 * @param {TurnView} view
 * @param {number} start
 * @param {number} end
 * @returns {Range}
 */
export function rangeOf(view, start, end) {
  const range = document.createRange();
  const first = view.nodes.find((one) => one.end > start) ?? view.nodes[0];
  const last = view.nodes.findLast((one) => one.start < end) ?? first;
  range.setStart(first.node, units(first, start));
  range.setEnd(last.node, units(last, end));
  return range;
}

/** @param {{start: number, node: Text}} piece @param {number} point */
function units(piece, point) {
  const text = piece.node.data;
  const before = Math.max(0, point - piece.start);
  return Math.min(text.length, [...text].slice(0, before).join("").length);
}
