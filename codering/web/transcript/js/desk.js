/**
 * The desk: what lies on it (the server's data), where the coder is, and how it is shown.
 *
 * @typedef {import("./model.js").Item} Item
 * @typedef {import("./model.js").Action} Action
 * @typedef {import("./paper.js").TurnView} TurnView
 * @typedef {import("./receiving.js").Message} Message
 */

import { act } from "./commands.js";
import { fill, h } from "./dom.js";
import { Holding } from "./holding.js";
import { remember } from "./memory.js";
import { folded, step } from "./model.js";
import { News } from "./news.js";
import { rangeOf } from "./paper.js";
import { newId } from "./queue.js";
import { drawRail } from "./rail.js";
import { paintDesk, placeAllBars } from "./showing.js";

const GREY = "#767676";

export class Desk {
  /**
   * @param {ShadowRoot|HTMLElement} shadow
   * @param {HTMLElement} root
   */
  constructor(shadow, root) {
    this.shadow = shadow;
    this.root = root;
    this.paper = h("div.paper", { role: "region", tabIndex: 0 });
    /** Room for the page, and for the search above it. */
    this.news = new News();
    this.reading = h("div.reading", {}, this.paper, this.news.box);
    this.rail = h("aside.rail");
    this.overlay = h("div.overlay");
    this.live = h("p.live", { role: "status", "aria-live": "polite" });
    this.alert = h("p.live", { role: "alert" });
    this.note = h("p.note", { "aria-hidden": "true", hidden: true });
    this.handles = h("div.handles");
    this.end = h("section.end");
    root.append(this.reading, this.rail, this.note, this.overlay, this.live, this.alert);
    this.holding = new Holding();
    /** @type {any} What stays: turns, speakers, codes, texts. */
    this.page = null;
    /** @type {any} What changes: items, order, results. */
    this.state = null;
    /** @type {Set<number>} turns that are marked as read */
    this.read = new Set();
    /** @type {Map<number, TurnView>} */
    this.views = new Map();
    /** @type {{turn: number, item: string|null}} */
    this.cursor = { turn: 1, item: null };
    /** @type {{turn: number, start: number, end: number, item: Item|null}|null} words that are being chosen */
    this.span = null;
    /** @type {{close: () => void, place?: () => void}|null} */
    this.dialog = null;
    /** @type {import("./find.js").Finding|null} what is searched for */
    this.finding = null;
    /** @type {Item[]} */
    this.items = [];
    /** @type {{turn: number, item: string|null, message: string}[]} actions that failed */
    this.troubles = [];
    /** @type {Set<number>|null} turns on which more is to be seen than words; null if nothing is painted yet */
    this.lively = null;
    this.examplesOpen = false;
    /** @type {Map<string, string>} codings that this page made: the id they had before they were stored, and theirs now */
    this.stored = new Map();
    /** @type {{turn: number, item: string|null}|null} where one waits for what an undo takes back */
    this.waitsAt = null;
    /** Whether a memo is being put away. */
    this.noted = false;
    /** Whether the mouse holds the page: nothing moves under it then. */
    this.held = false;
    /** @type {[Message, boolean, (name: string, value: unknown) => void]|null} what the server said last meanwhile */
    this.later = null;
    /** How often the server was told something. */
    this.told = 0;
    /** Whether an answer of the server takes long. */
    this.late = false;
    this.lateTimer = 0;
    /** Whether the server cannot be reached. */
    this.lost = false;
    this.dark = false;
    /** @type {import("./queue.js").Queue|null} */
    this.queue = null;
  }

  get texts() {
    return this.page.texts;
  }

  get waiting() {
    return this.late ? this.queue?.waiting.length ?? 0 : 0;
  }

  /** The passage at hand. @returns {Item|null} */
  get current() {
    return this.items.find((item) => item.id === this.cursor.item) ?? null;
  }

  /** The coder's memo about something. @param {string} about @returns {string} */
  memoAbout(about) {
    if (about.startsWith("coding:")) return this.items.find((item) => `coding:${item.id}` === about)?.memo ?? "";
    return this.queue?.waiting.findLast((action) => action.about === about)?.memo ?? this.state.memo;
  }

  /** @param {string} id */
  code(id) {
    return this.codes.get(id) ?? { id, label: id, theme: "", definition: "", include: [], exclude: [], examples: [], near: [], uses: 0, light: GREY, dark: GREY };
  }

  /** @param {string} id */
  colour(id) {
    const colour = this.code(id)[this.dark ? "dark" : "light"];
    return /^#[0-9a-f]{6}$/i.test(colour) ? colour : GREY;
  }

  /**
   * Tell the server something. It hears only of what differs from before, and may have missed that: so each time another.
   * @param {string} name @param {object} value
   */
  ask(name, value) {
    this.told += 1;
    this.tell(name, { ...value, told: this.told });
  }

  /** Whether something still asks for a decision. @param {import("./model.js").Entry} entry */
  asks(entry) {
    if (entry.transcript !== this.page.transcript) return entry.open;
    if (entry.item === null) return entry.open && !this.isRead(entry.turn);
    return this.items.some((item) => item.id === entry.item && item.state === "open");
  }

  /** What comes next in the order that the coder chose. @param {1|-1} by @param {string} [code] only of this code */
  next(by, code) {
    const here = { ...this.cursor, item: this.current?.suggestion ?? this.cursor.item, transcript: this.page.transcript };
    return step(this.state.order, here, by, (entry) => this.asks(entry) && (code === undefined || entry.code === code));
  }

  /** How the turn at hand came before the coder. @param {number} turn */
  drawn(turn) {
    const entries = this.state.order.filter((one) => one.transcript === this.page.transcript && one.turn === turn);
    return (entries.find((one) => one.item === null) ?? entries.find((one) => one.item === this.cursor.item))?.drawn ?? "";
  }

  /** Do something that is to be stored, and show it at once. @param {Partial<Action>} given @returns {string} its id */
  do(given) {
    const coding = this.stored.get(given.coding ?? "");
    const action = /** @type {Action} */ ({
      id: newId(), transcript: this.page.transcript, drawn: this.drawn(given.turn ?? 0),
      shown: this.items.some((item) => item.turn === given.turn && item.source !== undefined), ...given,
      ...(coding ? { coding } : {}),
    });
    this.queue.push(action);
    this.root.dataset.waiting = String(this.queue.waiting.length);
    this.refold();
    clearTimeout(this.lateTimer);
    this.lateTimer = setTimeout(() => { this.late = true; drawRail(this); }, 1500);
    return action.id;
  }

  refold() {
    const shown = (/** @type {Item} */ item) => item.state !== "rejected" || this.state.rejected || item.id === this.cursor.item;
    const here = this.queue.waiting.filter((action) => action.transcript === this.page.transcript);
    this.items = folded(this.state.items, here);
    this.visible = this.items.filter(shown);
  }

  /** Show everything that looks different from before. */
  show() {
    paintDesk(this);
    remember(this.page.place, this.cursor);
  }

  /** The lines moved: put the bars beside them again. */
  relayOut() {
    placeAllBars(this);
  }

  /** @param {number} turn */
  isRead(turn) {
    if (this.read.has(turn)) return true;
    return this.queue.waiting.some(({ verb, transcript, turn: about }) =>
      transcript === this.page.transcript && (verb === "read_all" || (verb === "read" && about === turn)));
  }

  /** Go to something, also in another transcript. @param {import("./model.js").Entry} entry */
  visit(entry) {
    if (entry.transcript === this.page.transcript) this.go({ turn: entry.turn, item: entry.item });
    else this.leave({ transcript: entry.transcript, turn: entry.turn, item: entry.item });
  }

  /** @param {{turn: number, item: string|null}} cursor */
  go({ turn, item }) {
    // Between a key and the next a coding may have been stored, and have another id since.
    this.cursor = { turn, item: this.stored.get(item ?? "") ?? item };
    this.note.hidden = true;
    this.troubles = this.troubles.filter((one) => one.turn !== turn);
    this.refold();
    this.show();
    this.reveal();
    this.focus();
  }

  /** @param {string} id */
  choose(id) {
    const item = this.items.find((one) => one.id === id);
    if (item) this.go({ turn: item.turn, item: id });
  }

  /** Scroll only when what is at hand is not comfortably in view. */
  reveal() {
    const item = this.current;
    this.bringIntoView(this.cursor.turn, item?.start, item?.end);
  }

  /** @param {number} turn @param {number} [start] of the words; without them the whole turn @param {number} [end] */
  bringIntoView(turn, start, end) {
    const view = this.views.get(turn);
    if (!view) return;
    const sheet = this.paper.getBoundingClientRect();
    const box = (start === undefined || end === undefined ? view.box : rangeOf(view, start, end)).getBoundingClientRect();
    const [top, bottom] = [box.top - sheet.top, box.bottom - sheet.top];
    if (top < sheet.height * 0.08 || bottom > sheet.height * 0.8) this.paper.scrollTop += top - sheet.height * 0.3;
  }

  /** The element that has the focus, in this component or outside it. @returns {Element|null} */
  active() {
    return (this.shadow instanceof ShadowRoot ? this.shadow.activeElement : null) ?? document.activeElement;
  }

  focusedItem() {
    const active = this.active();
    return active instanceof Element && this.paper.contains(active) && active !== this.paper;
  }

  /** Give the focus to what is at hand, so that a screen reader says it. */
  focus() {
    const view = this.views.get(this.cursor.turn);
    const tag = this.cursor.item && view?.margin.querySelector(`button[data-item="${CSS.escape(this.cursor.item)}"]`);
    const target = /** @type {HTMLElement|undefined} */ (tag || view?.box);
    for (const old of this.paper.querySelectorAll('[tabindex="0"]')) old.tabIndex = -1;
    if (!target) return;
    target.tabIndex = 0;
    target.focus({ preventScroll: true });
  }

  /**
   * Ask for another transcript.
   * @param {{transcript: string, turn: number|null, item: string|null}} where without a turn: at what asks for a decision
   * @param {string} [title]
   */
  leave(where, title = where.transcript) {
    this.say(fill(this.texts.goingTo, { transcript: title }));
    this.ask("at", where);
  }

  /** @param {string} text */
  say(text) {
    this.live.textContent = "";
    this.live.textContent = text;
  }

  /** Say something to everyone, until the next key: why nothing happened, for example. @param {string} text */
  hint(text) {
    this.say(text);
    this.note.textContent = text;
    this.note.hidden = false;
  }

  /** @param {string} about @param {string} text */
  keepMemo(about, text) {
    if (text !== this.memoAbout(about)) {
      this.do({ verb: "memo", about, memo: text });
      this.say(this.texts.memoKept);
      this.show();
    }
  }

  /** A key, as `"a"`, `"U"`, `"shift+left"`. @param {string} chord @returns {boolean} whether it meant something */
  press(chord) {
    if (!this.span) this.note.hidden = true;
    return act(this, chord);
  }

  /** @param {string} chord */
  run(chord) {
    act(this, chord);
  }
}
