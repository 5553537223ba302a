/**
 * The mouse: choose words, click on a passage, drag its ends.
 *
 * @typedef {import("./desk.js").Desk} Desk
 * @typedef {import("./paper.js").TurnView} TurnView
 */

import { codeWords, keepWords } from "./commands.js";
import { h } from "./dom.js";
import { pieces, toPoints, wholeWords } from "./offsets.js";
import { rangeOf } from "./paper.js";
import { letGo } from "./receiving.js";

/** @param {Desk} desk @returns {() => void} to stop listening */
export function watchMouse(desk) {
  let began = false;
  const down = (/** @type {MouseEvent} */ event) => {
    began = event.button === 0 && desk.paper.contains(/** @type {Node} */ (event.composedPath()[0]));
    if (began) desk.held = true;
  };
  const up = (/** @type {MouseEvent} */ event) => {
    const { altKey, detail } = event;
    const target = /** @type {Element} */ (event.composedPath()[0]);
    const meant = began && !desk.dialog && !desk.span;
    if (!began) return;
    began = false;
    // The browser changes the selection after this event when one clicks on selected words.
    setTimeout(() => {
      if (meant) release(desk, target, altKey, detail);
      letGo(desk);
    }, 0);
  };
  const lost = (/** @type {Event} */ event) => {
    // The button was let go of where this page does not hear it.
    if (began && desk.held && !(event instanceof MouseEvent && event.buttons)) letGo(desk);
  };
  // On the window: one may let go of the button outside the page.
  addEventListener("mousedown", down, { capture: true });
  addEventListener("mouseup", up, { capture: true });
  addEventListener("mousemove", lost, { capture: true });
  addEventListener("blur", lost);
  return () => {
    removeEventListener("mousedown", down, { capture: true });
    removeEventListener("mouseup", up, { capture: true });
    removeEventListener("mousemove", lost, { capture: true });
    removeEventListener("blur", lost);
  };
}

/** @param {Desk} desk @param {Element} target @param {boolean} exact @param {number} clicks */
function release(desk, target, exact, clicks) {
  const inside = desk.paper.contains(target);
  // Clicking twice on a passage asks for the one beneath; elsewhere it selects a word.
  if (inside && clicks > 1 && target.closest("[data-items]")) {
    getSelection()?.removeAllRanges();
    return click(desk, target);
  }
  const chosen = selected(desk, exact);
  if (chosen) choose(desk, chosen);
  else if (inside) click(desk, target);
}

/** @param {Desk} desk @param {{view: TurnView, start: number, end: number}} chosen */
function choose(desk, { view, start, end }) {
  if (view.codable) codeWords(desk, view.turn.number, start, end);
  else {
    desk.go({ turn: view.turn.number, item: null });
    desk.hint(desk.texts.moderatorHint);
  }
}

/** @param {Desk} desk @param {Element} target */
function click(desk, target) {
  if (target.closest("button")) return;
  const ids = /** @type {HTMLElement|null} */ (target.closest("[data-items]"))?.dataset.items?.split(" ").filter(Boolean) ?? [];
  const turn = Number(/** @type {HTMLElement|null} */ (target.closest("[data-turn]"))?.dataset.turn);
  if (ids.length) desk.choose(ids[(ids.indexOf(desk.cursor.item ?? "") + 1) % ids.length]);
  else if (turn) desk.go({ turn, item: null });
}

/**
 * The selected words, widened to whole words; exactly the letters while Alt is held.
 * @param {Desk} desk
 * @param {boolean} exact
 * @returns {{view: TurnView, start: number, end: number}|null}
 */
function selected(desk, exact) {
  const range = composed(desk);
  if (!range || range.collapsed) return null;
  const all = [...desk.views.values()];
  const from = all.find((view) => view.words.contains(range.startContainer));
  const to = all.find((view) => view.words.contains(range.endContainer));
  const view = from ?? to;
  if (!view) return null;
  const start = from ? offset(view, range.startContainer, range.startOffset) : 0;
  const end = from && from !== to ? view.length : offset(view, range.endContainer, range.endOffset);
  if (start >= end) return null;
  const found = exact ? /** @type {[number, number]} */ ([start, end]) : wholeWords(view.turn.text, start, end);
  return found && { view, start: found[0], end: found[1] };
}

/** The selection within the shadow root, in each browser's way. @param {Desk} desk @returns {StaticRange|Range|null} */
function composed(desk) {
  const selection = /** @type {any} */ (getSelection());
  if (!selection?.rangeCount) return null;
  if (selection.getComposedRanges) return selection.getComposedRanges({ shadowRoots: [desk.shadow] })[0] ?? null;
  const inside = /** @type {any} */ (desk.shadow).getSelection?.() ?? selection;
  return inside.rangeCount ? inside.getRangeAt(0) : null;
}

/** A point in the words of a turn, in code points. @param {TurnView} view @param {Node} node @param {number} at */
function offset(view, node, at) {
  const range = document.createRange();
  range.setStart(view.words, 0);
  range.setEnd(node, at);
  return toPoints(view.turn.text, range.toString().length);
}

/** Handles at both ends of the passage at hand. @param {Desk} desk */
export function drawHandles(desk) {
  const item = desk.span?.item ?? desk.current;
  const view = item && desk.views.get(item.turn);
  desk.handles.replaceChildren();
  if (!item?.mine || item.state === "rejected" || !view) return;
  const place = desk.span ?? item;
  const boxes = rangeOf(view, place.start, place.end).getClientRects();
  if (!boxes.length) return;
  const sheet = desk.paper.getBoundingClientRect();
  const first = boxes[0];
  const last = boxes[boxes.length - 1];
  for (const [edge, x, box] of /** @type {["start"|"end", number, DOMRect][]} */ ([["start", first.left, first], ["end", last.right, last]])) {
    const style = {
      left: `${x - sheet.left + desk.paper.scrollLeft}px`,
      top: `${box.top - sheet.top + desk.paper.scrollTop}px`,
      height: `${box.height}px`,
      "--code": desk.colour(item.code),
    };
    const handle = h(`span.handle.${edge}`, { style, "aria-hidden": "true", title: desk.texts.dragHint });
    handle.onpointerdown = (event) => drag(desk, view, edge, handle, event);
    desk.handles.append(handle);
  }
}

/** @param {Desk} desk @param {TurnView} view @param {"start"|"end"} edge @param {HTMLElement} handle @param {PointerEvent} event */
function drag(desk, view, edge, handle, event) {
  const item = desk.current;
  if (!item) return;
  event.preventDefault();
  event.stopPropagation();
  desk.held = true;
  const words = pieces(view.turn.text, "word").map(([start, end]) => ({ start, end, box: rangeOf(view, start, end).getBoundingClientRect() }));
  desk.span = { turn: item.turn, start: item.start, end: item.end, item };
  const move = (/** @type {PointerEvent} */ at) => {
    const word = nearest(words, at.clientX, at.clientY);
    const { start, end } = desk.span;
    if (edge === "start" && word.start < end) desk.span.start = word.start;
    if (edge === "end" && word.end > start) desk.span.end = word.end;
    desk.show();
  };
  const done = () => {
    removeEventListener("pointermove", move, { capture: true });
    removeEventListener("pointerup", done, { capture: true });
    keepWords(desk);
    letGo(desk);
  };
  addEventListener("pointermove", move, { capture: true });
  addEventListener("pointerup", done, { capture: true });
  handle.classList.add("held");
}

/** The word nearest to a point: on its line first. @param {{box: DOMRect, start: number, end: number}[]} words */
function nearest(words, /** @type {number} */ x, /** @type {number} */ y) {
  const away = ({ box }) => {
    const dy = Math.max(box.top - y, 0, y - box.bottom);
    const dx = Math.max(box.left - x, 0, x - box.right);
    return dy * 50 + dx;
  };
  return words.reduce((best, word) => (away(word) < away(best) ? word : best));
}
