/**
 * What the keys and buttons do.
 *
 * @typedef {import("./desk.js").Desk} Desk
 * @typedef {import("./model.js").Item} Item
 */

import { fill } from "./dom.js";
import { goToEnd } from "./end.js";
import { openFind } from "./find.js";
import { goOnward, lastSaid, noneSaid } from "./finish.js";
import { openHelp } from "./keys.js";
import { DENIES, opposite } from "./model.js";
import { moved, pieces, trimmed } from "./offsets.js";
import { rangeOf } from "./paper.js";
import { openPicker } from "./picker.js";

/** @type {Record<string, (desk: Desk) => void>} */
const COMMANDS = {
  j: (desk) => stepTo(desk, 1),
  k: (desk) => stepTo(desk, -1),
  n: (desk) => stepTo(desk, 1, desk.current?.code),
  down: (desk) => toTurn(desk, 1),
  up: (desk) => toTurn(desk, -1),
  PageDown: (desk) => toTurn(desk, turnsInView(desk)),
  PageUp: (desk) => toTurn(desk, -turnsInView(desk)),
  Home: (desk) => toTurn(desk, -desk.views.size),
  End: (desk) => toTurn(desk, desk.views.size),
  right: (desk) => toItem(desk, 1),
  left: (desk) => toItem(desk, -1),
  a: acceptItem,
  r: rejectItem,
  c: changeCode,
  s: flipStance,
  S: (desk) => flipStance(desk, { stay: true }),
  w: codeWhole,
  e: chooseWords,
  x: removeItem,
  g: readTurn,
  G: goToEnd,
  t: goOnward,
  m: (desk) => desk.rail.querySelector("textarea")?.focus(),
  u: (desk) => history(desk, "undo"),
  U: (desk) => history(desk, "redo"),
  "/": openFind,
  "?": openHelp,
};

/** @param {Desk} desk @param {string} chord @returns {boolean} */
export function act(desk, chord) {
  if (desk.span) return shape(desk, chord);
  if (chord === "Escape" && desk.finding) {
    desk.finding.close();
    return true;
  }
  if (!(chord in COMMANDS)) return ["R", "C"].includes(chord);
  COMMANDS[chord](desk);
  return true;
}

/** @param {Desk} desk @param {1|-1} by @param {string} [code] */
function stepTo(desk, by, code) {
  const next = desk.next(by, code);
  if (!next) return desk.hint(code !== undefined ? desk.texts.noNextOfCode : noneSaid(desk));
  desk.visit(next);
}

/** @param {Desk} desk @param {number} by how many turns further, or back */
function toTurn(desk, by) {
  const turn = Math.min(Math.max(desk.cursor.turn + by, 1), desk.views.size);
  if (turn !== desk.cursor.turn || desk.cursor.item) desk.go({ turn, item: null });
}

/** How many turns are in view, less one to keep one's place. @param {Desk} desk */
function turnsInView(desk) {
  const sheet = desk.paper.getBoundingClientRect();
  const seen = [...desk.views.values()].filter((view) => {
    const box = view.box.getBoundingClientRect();
    return box.top >= sheet.top && box.bottom <= sheet.bottom;
  });
  return Math.max(seen.length - 1, 1);
}

/** @param {Desk} desk @param {1|-1} by */
function toItem(desk, by) {
  const here = desk.visible.filter((item) => item.turn === desk.cursor.turn);
  const at = here.findIndex((item) => item.id === desk.cursor.item);
  const next = at < 0 ? (by > 0 ? here[0] : here.at(-1)) : here[at + by];
  if (next) desk.go({ turn: next.turn, item: next.id });
  else desk.hint(desk.texts.noPassage);
}

/**
 * Answer the suggestion at hand and go on to the next.
 * @param {Desk} desk
 * @param {Item} item
 * @param {Partial<import("./model.js").Action>} given what is done
 * @param {string} said
 */
function answer(desk, item, given, said) {
  const next = desk.next(1);
  const { turn } = item;
  desk.do({ suggestion: item.suggestion ?? item.id, turn, ...given });
  const done = fill(said, { code: desk.code(item.code).label });
  if (next) {
    desk.visit(next);
    const now = desk.current;
    desk.say(now ? `${done} ${fill(desk.texts.nowAt, { code: desk.code(now.code).label })}` : done);
  } else {
    desk.go({ turn, item: null });
    desk.hint(`${done} ${lastSaid(desk)}`);
  }
}

/** @param {Desk} desk */
function acceptItem(desk) {
  const item = desk.current;
  if (!item) return takeUp(desk);
  if (item.kind === "suggestion") answer(desk, item, { verb: "accept" }, desk.texts.accepted);
  else desk.hint(item.mine ? desk.texts.heldAlready : desk.texts.notYours);
}

/** Without a passage at hand: take up the first suggestion of the turn, which is then seen before it is answered. @param {Desk} desk */
function takeUp(desk) {
  const open = desk.visible.find((item) => item.turn === desk.cursor.turn && item.state === "open");
  if (!open) return desk.hint(desk.texts.nothingAtHand);
  desk.go({ turn: open.turn, item: open.id });
  desk.hint(fill(desk.texts.takenUp, { code: desk.code(open.code).label }));
}

/** @param {Desk} desk */
function rejectItem(desk) {
  const item = desk.current;
  if (item?.mine && item.state !== "rejected" && (item.kind === "suggestion" || item.suggestion)) {
    answer(desk, item, { verb: "reject" }, desk.texts.rejectedNow);
  } else if (!item) takeUp(desk);
  else desk.hint(!item.mine ? desk.texts.notYours : item.state === "rejected" ? desk.texts.rejectedAlready : desk.texts.removeInstead);
}

/** What a change is about. @param {Item} item */
function about(item) {
  return item.kind === "suggestion" ? { suggestion: item.id, turn: item.turn } : { coding: item.id, turn: item.turn };
}

/** @param {Desk} desk @param {Item} item @param {object} given @param {string} said */
function alter(desk, item, given, said) {
  const id = desk.do({ verb: "change", ...about(item), ...given });
  desk.go({ turn: item.turn, item: item.kind === "suggestion" ? id : item.id });
  desk.say(said);
}

/** Choose another code. Of an open suggestion this is the answer, so that one goes on to the next. @param {Desk} desk */
function changeCode(desk) {
  const item = desk.current;
  if (!item) return codeWhole(desk);
  if (!item.mine) return desk.hint(desk.texts.notYours);
  openPicker(desk, {
    at: () => placeOf(desk, item.turn, item.start, item.end),
    title: desk.texts.otherCode,
    stance: item.stance,
    code: item.code,
    chosen: (code, stance) => {
      if (code === item.code && stance === item.stance) return desk.focus();
      const label = desk.code(code).label;
      if (item.state === "open") answer(desk, item, { verb: "change", code, stance }, fill(desk.texts.otherNow, { code: label }));
      else alter(desk, item, { code, stance }, fill(desk.texts.changedTo, { code: label }));
    },
    left: () => desk.focus(),
  });
}

/**
 * Turn the stance. Of an open suggestion this is the answer, so that one goes on to the next; a coding stays at hand.
 * @param {Desk} desk
 * @param {{stay?: boolean}} [how] whether to stay with an open suggestion too
 */
function flipStance(desk, { stay = false } = {}) {
  const item = desk.current;
  if (!item) return takeUp(desk);
  if (!item.mine) return desk.hint(desk.texts.notYours);
  const stance = opposite(item.stance);
  const name = stance === DENIES ? desk.texts.denies : desk.texts.confirms;
  if (item.state === "open" && !stay) {
    return answer(desk, item, { verb: "change", stance }, fill(desk.texts.flippedNow, { stance: name }));
  }
  alter(desk, item, { stance }, fill(desk.texts.stanceNow, { stance: name }));
}

/** @param {Desk} desk */
function removeItem(desk) {
  const item = desk.current;
  if (item?.kind !== "coding" || !item.mine) return desk.hint(desk.texts.nothingToRemove);
  desk.do({ verb: "remove", coding: item.id, turn: item.turn, start: item.start, end: item.end });
  desk.go({ turn: item.turn, item: item.suggestion ?? null });
  desk.say(desk.texts.removed);
}

/** @param {Desk} desk */
function readTurn(desk) {
  const { turn } = desk.cursor;
  if (!desk.views.get(turn)?.codable) return toTurn(desk, 1);
  const open = desk.items.filter((item) => item.turn === turn && item.state === "open");
  desk.do({ verb: "read", turn });
  const isEntry = desk.state.order.some((one) => one.item === null && one.transcript === desk.page.transcript && one.turn === turn);
  const next = isEntry ? desk.next(1) : null;
  const below = [...desk.views.values()].find((view) => view.turn.number > turn && view.codable);
  if (next) desk.visit(next);
  else desk.go({ turn: below?.turn.number ?? turn, item: null });
  if (!open.length) return desk.say(fill(desk.texts.readNow, { turn }));
  const codes = [...new Set(open.map((item) => desk.code(item.code).label))].join(", ");
  desk.hint(fill(desk.texts.readWithout, { turn, codes }));
}

/** @param {Desk} desk @param {"undo"|"redo"} verb */
function history(desk, verb) {
  desk.do({ verb });
  desk.waitsAt = desk.cursor; // who goes on meanwhile decides about what is at hand there
  desk.say(verb === "undo" ? desk.texts.undone : desk.texts.redone);
  desk.show();
}

/** Whether a turn can be coded; says so if it cannot. @param {Desk} desk */
function codable(desk) {
  const view = desk.views.get(desk.cursor.turn);
  if (!view?.codable) desk.hint(desk.texts.moderatorHint);
  return view?.codable ? view : null;
}

/** @param {Desk} desk */
function codeWhole(desk) {
  const view = codable(desk);
  if (!view) return;
  const [start, end] = trimmed([...view.turn.text], 0, view.length);
  if (start < end) codeWords(desk, view.turn.number, start, end);
}

/**
 * Choose a code for some words.
 * @param {Desk} desk
 * @param {number} turn
 * @param {number} start
 * @param {number} end
 */
export function codeWords(desk, turn, start, end) {
  desk.span = { turn, start, end, item: null };
  desk.cursor = { turn, item: null };
  desk.show();
  const close = () => {
    desk.span = null;
    getSelection()?.removeAllRanges();
  };
  openPicker(desk, {
    at: () => placeOf(desk, turn, start, end),
    title: desk.texts.chooseCode,
    chosen: (code, stance) => {
      close();
      const text = [...desk.views.get(turn).turn.text].slice(start, end).join("");
      const id = desk.do({ verb: "add", turn, start, end, text, code, stance });
      desk.go({ turn, item: id });
      desk.say(fill(desk.texts.coded, { code: desk.code(code).label }));
    },
    left: () => {
      close();
      desk.go({ turn, item: null });
    },
  });
}

/** Begin to choose words: of the passage at hand, or in the turn at hand. @param {Desk} desk */
function chooseWords(desk) {
  const item = desk.current;
  if (item && !item.mine) return desk.hint(desk.texts.notYours);
  const view = codable(desk);
  if (!view || !view.turn.text.trim()) return;
  const [start, end] = item ? [item.start, item.end] : pieces(view.turn.text, "sentence")[0];
  desk.span = { turn: view.turn.number, start, end, item };
  desk.show();
  desk.hint(desk.texts.choosing);
}

/** Shape the words that are being chosen. @param {Desk} desk @param {string} chord */
function shape(desk, chord) {
  const { turn, start, end, item } = desk.span;
  const { text } = desk.views.get(turn).turn;
  const to = ([first, last]) => {
    desk.span = { turn, start: first, end: last, item };
    desk.show();
    desk.say([...text].slice(first, last).join(""));
  };
  const ways = {
    "shift+right": () => to(moved(text, [start, end], "end", 1)),
    "shift+left": () => to(moved(text, [start, end], "end", -1)),
    right: () => to(moved(text, [start, end], "end", 1)),
    left: () => to(moved(text, [start, end], "end", -1)),
    "alt+right": () => to(moved(text, [start, end], "start", 1)),
    "alt+left": () => to(moved(text, [start, end], "start", -1)),
    down: () => to(sentence(text, start, 1)),
    up: () => to(sentence(text, start, -1)),
    "shift+down": () => to([start, pieces(text, "sentence").find((one) => one[1] > end)?.[1] ?? end]),
    "shift+up": () => to([start, pieces(text, "sentence").findLast((one) => one[1] < end && one[1] > start)?.[1] ?? end]),
    Enter: () => keepWords(desk),
    Escape: () => leaveWords(desk),
  };
  ways[chord]?.();
  return chord in ways || chord.length === 1;
}

/** The sentence after or before the one that begins at a place. @param {string} text @param {number} start @param {1|-1} by */
function sentence(text, start, by) {
  const all = pieces(text, "sentence");
  const at = all.findLastIndex((one) => one[0] <= start);
  return all[Math.min(Math.max(at + by, 0), all.length - 1)];
}

/** @param {Desk} desk */
export function keepWords(desk) {
  const { turn, start, end, item } = desk.span;
  if (!item) return codeWords(desk, turn, start, end);
  desk.span = null;
  if (start === item.start && end === item.end) return desk.go(desk.cursor);
  const text = [...desk.views.get(turn).turn.text].slice(start, end).join("");
  alter(desk, item, { start, end, text }, desk.texts.boundsKept);
}

/** @param {Desk} desk */
function leaveWords(desk) {
  desk.span = null;
  desk.go(desk.cursor);
  desk.say(desk.texts.left);
}

/** Where words are on the screen, scrolled into view. @param {Desk} desk */
function placeOf(desk, /** @type {number} */ turn, /** @type {number} */ start, /** @type {number} */ end) {
  const view = desk.views.get(turn);
  const sheet = desk.paper.getBoundingClientRect();
  let box = rangeOf(view, start, end).getBoundingClientRect();
  if (box.top < sheet.top || box.top > sheet.bottom - 80) {
    desk.paper.scrollTop += box.top - sheet.top - sheet.height * 0.3;
    box = rangeOf(view, start, end).getBoundingClientRect();
  }
  return box;
}
