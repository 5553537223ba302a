/**
 * The bar in which one searches the transcript. What is at hand stays at hand: searching is looking round.
 *
 * @typedef {import("./desk.js").Desk} Desk
 */

import { fill, h } from "./dom.js";
import { occurrences, searchable } from "./search.js";
import { grouped } from "./showing.js";

/** From so many letters on: one letter is found everywhere. */
const LEAST = 2;

/** Open the bar, or go back to it. @param {Desk} desk */
export function openFind(desk) {
  desk.finding ??= new Finding(desk);
  desk.finding.input.focus({ preventScroll: true });
  desk.finding.input.select();
}

export class Finding {
  /** @param {Desk} desk */
  constructor(desk) {
    const { texts } = desk;
    this.desk = desk;
    /** @type {{turn: number, start: number, end: number}[]} in reading order */
    this.hits = [];
    this.byTurn = new Map();
    this.at = 0;
    /** @type {Map<number, ReturnType<typeof searchable>>} */
    this.known = new Map();
    this.input = /** @type {HTMLInputElement} */ (
      h("input", {
        type: "text", autocomplete: "off", spellcheck: false, placeholder: texts.findWords, "aria-label": texts.findWords,
        oninput: () => this.search(), onkeydown: (/** @type {KeyboardEvent} */ event) => this.press(event),
      })
    );
    this.count = h("span.count", { role: "status" });
    const button = (/** @type {string} */ label, /** @type {string} */ sign, /** @type {() => void} */ onclick) =>
      h("button.key", { type: "button", title: label, "aria-label": label, onclick }, sign);
    const here = h("button.key", { type: "button", onclick: () => this.take() }, texts.findTake, h("kbd", { "aria-hidden": "true" }, "Ctrl ⏎"));
    this.box = h(
      "div.finder",
      { role: "search", "aria-label": texts.find },
      this.input, this.count, button(texts.findPrevious, "↑", () => this.go(-1)), button(texts.findNext, "↓", () => this.go(1)),
      here, button(texts.findClose, "×", () => this.close()),
    );
    desk.reading.prepend(this.box);
  }

  /** The hits in a turn, for painting. @param {number} turn @returns {{start: number, end: number, mark: string}[]} */
  marks(turn) {
    const now = this.hits[this.at];
    return (this.byTurn.get(turn) ?? []).map((one) => ({ start: one.start, end: one.end, mark: one === now ? "hit-now" : "hit" }));
  }

  get turns() {
    return this.byTurn.keys();
  }

  /** Look for what is typed, from what is in view on. */
  search() {
    const words = this.input.value;
    this.hits = [...words.trim()].length < LEAST ? [] : [...this.desk.views.values()].flatMap((view) => this.inTurn(view, words));
    this.byTurn = grouped(this.hits);
    const top = this.desk.paper.getBoundingClientRect().top;
    const first = this.hits.findIndex((hit) => this.desk.views.get(hit.turn).box.getBoundingClientRect().bottom > top);
    this.at = Math.max(first, 0);
    this.show();
  }

  /** @param {import("./paper.js").TurnView} view @param {string} words */
  inTurn({ turn }, words) {
    if (!this.known.has(turn.number)) this.known.set(turn.number, searchable(turn.text));
    return occurrences(this.known.get(turn.number), words).map(([start, end]) => ({ turn: turn.number, start, end }));
  }

  /** @param {1|-1} by */
  go(by) {
    if (!this.hits.length) return;
    this.at = (this.at + by + this.hits.length) % this.hits.length;
    this.show();
  }

  show() {
    const { texts } = this.desk;
    const many = [...this.input.value.trim()].length >= LEAST;
    this.count.textContent = !many ? "" : this.hits.length ? fill(texts.findCount, { at: this.at + 1, count: this.hits.length }) : texts.findNone;
    this.desk.show();
    const hit = this.hits[this.at];
    if (hit) this.desk.bringIntoView(hit.turn, hit.start, hit.end);
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.isComposing) return;
    if (event.key === "Escape") this.close();
    else if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.take();
    else if (event.key === "Enter") this.go(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** Go to the turn of the hit, to code it. */
  take() {
    const hit = this.hits[this.at];
    if (!hit) return;
    this.leave();
    this.desk.go({ turn: hit.turn, item: null });
  }

  /** Back to what was at hand. */
  close() {
    this.leave();
    this.desk.show();
    this.desk.reveal();
    this.desk.focus();
  }

  leave() {
    this.box.remove();
    this.desk.finding = null;
  }
}
