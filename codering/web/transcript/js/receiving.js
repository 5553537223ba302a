/**
 * Taking in what the server says.
 *
 * @typedef {import("./desk.js").Desk} Desk
 * @typedef {import("./model.js").Action} Action
 * @typedef {{version: string, base: string, page: object, state: any, gone: string[]}} Message
 * @typedef {{error?: string, coding?: string, transcript?: string, turn?: number, item?: string, said?: string}} Result
 */

import { fill } from "./dom.js";
import { remembered } from "./memory.js";
import { differences } from "./news.js";
import { layTurns } from "./paper.js";
import { Queue } from "./queue.js";

/**
 * Take in what the server says; ask for all of it if it builds on what is not here. While the mouse holds words or a
 * bound it waits: nothing moves under the pointer. Of several that wait the last says what the others did.
 * @param {Desk} desk
 * @param {Message} message
 * @param {boolean} dark
 * @param {(name: string, value: unknown) => void} tell
 */
export function receive(desk, message, dark, tell) {
  desk.tell = tell;
  if (desk.held) {
    desk.later = [message, dark, tell];
    return;
  }
  const data = desk.holding.take(message);
  if (!data) return desk.ask("queue", { holds: "", actions: desk.queue?.waiting ?? [] });
  const { page, state } = data;
  const elsewhere = ["transcript", "queue", "language"].some((one) => desk.page?.[one] !== page[one]);
  const fresh = elsewhere || desk.page.version !== page.version;
  // Who filled in a name, or chose a transcript, stands in that field still: keys would become letters of another name.
  const chosen = elsewhere && document.activeElement?.closest(".st-key-coder, .st-key-review_transcript");
  const focused = chosen || (fresh && desk.focusedItem());
  const before = elsewhere ? null : { codebook: desk.page.codebook, items: desk.state.items };
  if (!fresh && dark !== desk.dark) blank(desk);
  desk.dark = dark;
  desk.root.dataset.theme = dark ? "dark" : "light";
  document.documentElement.lang = page.language; // Streamlit says that every page is in English
  desk.state = state;
  desk.read = new Set(state.read);
  desk.codes = new Map(page.codes.map((/** @type {any} */ code) => [code.id, { ...code, uses: state.uses[code.id] ?? 0 }]));
  desk.page = { ...page, codes: [...desk.codes.values()] };
  if (desk.queue?.key !== page.queue) {
    desk.queue?.stop();
    desk.queue = new Queue(page.queue, (actions) => desk.ask("queue", { holds: desk.holding.version, actions }));
  }
  if (elsewhere) putAway(desk);
  if (fresh) layOut(desk);
  const done = desk.queue.settle(state.results);
  desk.refold();
  if (elsewhere) arrive(desk);
  for (const action of done) settled(desk, action, state.results[action.id]);
  desk.show();
  if (focused) desk.focus();
  if (before) sayNews(desk, before);
  desk.root.dataset.acknowledged = String((Number(desk.root.dataset.acknowledged) || 0) + done.length);
  desk.root.dataset.waiting = String(desk.queue.waiting.length);
}

/** Say what others changed on the page that one is on. @param {Desk} desk @param {{codebook: {version: string, by: string}, items: import("./model.js").Item[]}} before */
function sayNews(desk, before) {
  const { codebook, coder, texts } = desk.page;
  const found = differences(before.items, desk.state.items);
  if (found.size) desk.news.add(texts, found);
  if (codebook.version !== before.codebook.version && codebook.by !== coder) desk.news.codebook(texts, codebook.by);
}

/** The mouse lets go: take in what came meanwhile. @param {Desk} desk */
export function letGo(desk) {
  const { later } = desk;
  desk.held = false;
  desk.later = null;
  if (later) receive(desk, ...later);
}

/** Let everything be painted anew. @param {Desk} desk */
function blank(desk) {
  desk.lively = null;
  for (const view of desk.views.values()) view.painted = "\0";
}

/** Close what was open on another page. With another codebook only, one goes on typing and choosing. @param {Desk} desk */
function putAway(desk) {
  desk.dialog?.close();
  desk.span = null;
  desk.troubles = [];
  desk.finding?.leave();
  desk.news.stop();
  desk.paper.scrollTop = 0; // before there are turns: the browser lays out to scroll
}

/** @param {Desk} desk */
function layOut(desk) {
  desk.lively = null;
  desk.paper.setAttribute("aria-label", fill(desk.texts.transcript, { name: desk.page.title }));
  desk.paper.classList.toggle("timed", desk.page.turns.some((/** @type {any[]} */ turn) => turn[2] !== null));
  desk.rail.setAttribute("aria-label", desk.texts.rail);
  desk.views = layTurns(desk);
  desk.paper.append(desk.end, desk.handles);
}

/**
 * Where one begins: at what the server points to, where one was in this tab, or at the first suggestion. Who went on to
 * what asks for a decision (a place without a turn) begins there, wherever they were before.
 * @param {Desk} desk
 */
function arrive(desk) {
  const { at } = desk.state;
  const first = desk.state.order.find((entry) => entry.transcript === desk.page.transcript && desk.asks(entry));
  const kept = (at?.turn === null ? first : at) ?? remembered(desk.page.place);
  const item = desk.items.find((one) => one.id === kept?.item);
  if (item) desk.cursor = { turn: item.turn, item: item.id };
  else if (desk.views.has(kept?.turn)) desk.cursor = { turn: kept.turn, item: null };
  else desk.cursor = first ? { turn: first.turn, item: first.item } : { turn: 1, item: null };
  requestAnimationFrame(() => desk.reveal());
}

/** @param {Desk} desk @param {Action} action @param {Result} result */
function settled(desk, action, result) {
  if (!desk.queue.waiting.length) {
    clearTimeout(desk.lateTimer);
    desk.late = false;
  }
  if (result.coding) renamed(desk, action.id, result.coding);
  if (result.error) {
    const turn = action.turn ?? desk.cursor.turn;
    desk.troubles.push({ turn, item: action.suggestion ?? action.coding ?? null, message: result.error });
    desk.alert.textContent = result.error;
  } else if (result.turn && desk.cursor === desk.waitsAt) {
    const { transcript = desk.page.transcript, turn, item = null } = result;
    if (transcript !== desk.page.transcript) return desk.leave({ transcript, turn, item });
    desk.waitsAt = desk.cursor = { turn, item };
    desk.refold();
    desk.reveal();
  }
  if (result.said) desk.hint(result.said);
}

/** A coding has the id now under which it is kept. @param {Desk} desk @param {string} before @param {string} after */
function renamed(desk, before, after) {
  desk.stored.set(before, after);
  if (desk.cursor.item === before) desk.cursor.item = after;
  const area = desk.rail.querySelector("textarea");
  if (area?.dataset.about === `coding:${before}`) area.dataset.about = `coding:${after}`;
}
