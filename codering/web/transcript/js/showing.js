/**
 * Painting what changed: only turns on which more is to be seen than words, now or before, are looked at.
 *
 * @typedef {import("./model.js").Item} Item
 * @typedef {import("./desk.js").Desk} Desk
 */

import { drawHandles } from "./drag.js";
import { drawEnd } from "./end.js";
import { drawMargin, placeBars } from "./margin.js";
import { markedTurns, paintWords } from "./paper.js";
import { drawRail } from "./rail.js";

/** Show everything that looks different from before. @param {Desk} desk */
export function paintDesk(desk) {
  const focused = desk.focusedItem();
  const byTurn = grouped(desk.visible);
  const changed = [];
  for (const number of turnsToPaint(desk, byTurn)) {
    const view = desk.views.get(number);
    if (!view) continue;
    const items = byTurn.get(number) ?? [];
    const painted = paintWords(desk, view, items);
    const margined = marginLook(desk, items);
    if (margined !== view.margined) {
      view.margined = margined;
      drawMargin(desk, view, items);
    }
    if (items.length && (painted || margined !== view.placed)) {
      view.placed = margined;
      changed.push({ view, items });
    }
    view.box.classList.toggle("current", number === desk.cursor.turn);
    view.box.classList.toggle("read", desk.isRead(number));
    const trouble = desk.troubles.findLast((one) => one.turn === number);
    view.trouble.hidden = !trouble;
    view.trouble.textContent = trouble?.message ?? "";
  }
  placeBars(changed);
  drawHandles(desk);
  drawRail(desk);
  drawEnd(desk);
  if (focused) desk.focus();
  desk.root.dataset.cursor = desk.cursor.item ?? `turn ${desk.cursor.turn}`;
}

/** Turns on which there is something to see besides words, now or before; all of a fresh page. @param {Desk} desk @param {Map<number, Item[]>} byTurn */
function turnsToPaint(desk, byTurn) {
  const before = desk.lively;
  desk.lively = new Set([
    ...byTurn.keys(), ...markedTurns(desk), desk.cursor.turn, ...desk.state.read, ...desk.troubles.map((one) => one.turn),
    ...desk.queue.waiting.map((one) => one.turn ?? 0),
  ]);
  return before === null ? desk.views.keys() : new Set([...before, ...desk.lively]);
}

/** What decides how the margin of a turn looks. @param {Desk} desk @param {Item[]} items */
function marginLook(desk, items) {
  const looks = items.map((one) => [
    one.id, one.code, one.stance, one.state, one.start, one.end, Boolean(one.memo), one.id === desk.cursor.item,
  ]);
  return items.length ? JSON.stringify([desk.dark, looks]) : "";
}

/** The lines moved: put the bars beside them again. @param {Desk} desk */
export function placeAllBars(desk) {
  const byTurn = grouped(desk.visible);
  placeBars([...byTurn].map(([number, items]) => ({ view: desk.views.get(number), items })));
  drawHandles(desk);
}

/** By turn. @template {{turn: number}} T @param {T[]} items @returns {Map<number, T[]>} */
export function grouped(items) {
  const groups = new Map();
  for (const item of items) groups.set(item.turn, [...(groups.get(item.turn) ?? []), item]);
  return groups;
}
