/**
 * What the page shows: what the server last said, and on top of it what the coder did since. Pure functions.
 *
 * @typedef {object} Item A passage with a code.
 * @property {string} id of the suggestion, or of the coding
 * @property {"suggestion"|"coding"} kind
 * @property {"open"|"rejected"|"held"} state
 * @property {number} turn
 * @property {number} start code points from the start of the turn's text
 * @property {number} end
 * @property {string} code
 * @property {"bevestigt"|"ontkent"} stance
 * @property {boolean} mine whether it is this coder's to change; a suggestion always is
 * @property {string} [coder] whose coding
 * @property {string} [suggestion] the suggestion that a coding answers
 * @property {number} [score]
 * @property {object[]} [why] evidence
 * @property {string} [memo]
 * @property {boolean} [pending] whether the server has not stored it yet
 *
 * @typedef {object} Entry Something to look at: a suggestion, or a turn to read as a whole.
 * @property {string} transcript
 * @property {number} turn
 * @property {string|null} item the suggestion; null for the turn
 * @property {string} drawn how it came here
 * @property {boolean} open whether it asked for a decision when the server last looked
 *
 * @typedef {object} Action What a coder did, to be stored.
 * @property {string} id unique; the server does each only once
 * @property {string} verb accept, reject, change, add, remove, read, read_all, memo, undo or redo
 * @property {string} transcript
 * @property {string} [suggestion]
 * @property {string} [coding]
 * @property {number} [turn]
 * @property {number} [start]
 * @property {number} [end]
 * @property {string} [text] the words between start and end, so that the server can check them
 * @property {string} [code]
 * @property {string} [stance]
 * @property {string} [about]
 * @property {string} [memo]
 * @property {string} [drawn] how the turn came before the coder
 */

export const DENIES = "ontkent";
export const CONFIRMS = "bevestigt";

/** @param {string} stance */
export function opposite(stance) {
  return stance === DENIES ? CONFIRMS : DENIES;
}

/**
 * The items after actions that the server has not stored yet.
 * @param {Item[]} items
 * @param {Action[]} actions
 * @returns {Item[]} in reading order
 */
export function folded(items, actions) {
  const steps = { accept, reject, change, add, remove, memo };
  let now = items;
  for (const action of effective(actions)) now = steps[action.verb]?.(now, action) ?? now;
  return [...now].sort(byPlace);
}

/** Whether an undo is among the actions of which only the server knows what it takes back. @param {Action[]} actions */
export function waitsForServer(actions) {
  const doing = [];
  for (const action of actions) {
    if (action.verb === "undo") {
      if (!doing.pop()) return true;
    } else if (action.verb === "redo") return true;
    else if (action.verb !== "memo") doing.push(action);
  }
  return false;
}

/** Drop what is undone again before it was stored. @param {Action[]} actions @returns {Action[]} */
function effective(actions) {
  const doing = [];
  const undone = [];
  for (const action of actions) {
    if (action.verb === "undo") {
      const at = doing.findLastIndex((one) => one.verb !== "memo");
      if (at >= 0) undone.push(...doing.splice(at, 1));
    } else if (action.verb === "redo") {
      if (undone.length) doing.push(undone.pop());
    } else {
      doing.push(action);
      if (action.verb !== "memo") undone.length = 0;
    }
  }
  return doing;
}

/** @param {Item[]} items @param {Action} action */
function accept(items, action) {
  return replaced(items, isAnsweredBy(action), (item) => held(item, action, {}));
}

/** @param {Item[]} items @param {Action} action */
function reject(items, action) {
  return replaced(items, isAnsweredBy(action), (item) => reopened(item, "rejected"));
}

/** @param {Item[]} items @param {Action} action */
function change(items, action) {
  const { code, stance, start, end } = action;
  const given = Object.fromEntries(Object.entries({ code, stance, start, end }).filter(([, value]) => value !== undefined));
  const which = action.coding ? (/** @type {Item} */ item) => item.id === action.coding : isAnsweredBy(action);
  return replaced(items, which, (item) => held(item, action, given));
}

/** @param {Item[]} items @param {Action} action */
function add(items, action) {
  const { id, turn, start, end, code, stance } = action;
  return [...items, { id, kind: "coding", state: "held", turn, start, end, code, stance, mine: true, pending: true }];
}

/** @param {Item[]} items @param {Action} action */
function remove(items, action) {
  const gone = items.find((item) => item.id === action.coding);
  const others = items.filter((item) => item !== gone);
  return gone?.suggestion ? [...others, reopened(gone, "open")] : others;
}

/** @param {Item[]} items @param {Action} action */
function memo(items, action) {
  const which = (/** @type {Item} */ item) => `coding:${item.id}` === action.about;
  return replaced(items, which, (item) => ({ ...item, memo: action.memo }));
}

/** @param {Action} action @returns {(item: Item) => boolean} */
function isAnsweredBy(action) {
  return (item) => item.mine && (item.kind === "suggestion" ? item.id : item.suggestion) === action.suggestion;
}

/** @param {Item} item @param {Action} action @param {Partial<Item>} given @returns {Item} */
function held(item, action, given) {
  const fresh = item.kind === "suggestion";
  const asked = fresh ? { suggestion: item.id, asked: { code: item.code, stance: item.stance, start: item.start, end: item.end } } : {};
  return { ...item, ...asked, ...given, kind: "coding", state: "held", id: fresh ? action.id : item.id, mine: true, pending: true };
}

/** A suggestion as it was before it was answered. @param {Item} item @param {"open"|"rejected"} state @returns {Item} */
function reopened(item, state) {
  const { asked, ...rest } = item;
  return { ...rest, ...asked, kind: "suggestion", id: item.suggestion ?? item.id, state, suggestion: undefined, pending: true };
}

/** @param {Item[]} items @param {(item: Item) => boolean} which @param {(item: Item) => Item} by */
function replaced(items, which, by) {
  return items.map((item) => (which(item) ? by(item) : item));
}

/** Reading order. @param {Item} left @param {Item} right */
export function byPlace(left, right) {
  return (
    left.turn - right.turn || left.start - right.start || left.end - right.end ||
    (left.code < right.code ? -1 : left.code > right.code ? 1 : 0)
  );
}

/**
 * The next thing to look at; after the last comes the first again.
 * @param {Entry[]} order settled ones included
 * @param {{transcript: string, turn: number, item: string|null}} here where the coder is
 * @param {1|-1} by
 * @param {(entry: Entry) => boolean} asks whether it still asks for a decision
 * @returns {Entry|null} null if nothing else does
 */
export function step(order, here, by, asks) {
  let at = order.findIndex((one) => one.item !== null && one.item === here.item);
  if (at < 0) at = order.findIndex((one) => one.item === null && isAt(one, here));
  const found = at >= 0;
  if (!found) {
    const ahead = order.findIndex((one) => one.transcript === here.transcript && one.turn >= here.turn);
    at = ahead < 0 ? order.length : ahead;
  }
  const later = order.slice(found ? at + 1 : at);
  const before = order.slice(0, at);
  const ways = by > 0 ? [...later, ...before] : [...before.reverse(), ...later.reverse()];
  return ways.find(asks) ?? null;
}

/** @param {Entry} entry @param {{transcript: string, turn: number}} here */
function isAt(entry, here) {
  return entry.transcript === here.transcript && entry.turn === here.turn;
}

/**
 * How many suggestions were answered, of how many.
 * @param {Item[]} items
 * @param {string} [code]
 * @returns {{done: number, total: number}}
 */
export function progress(items, code) {
  const asked = items.filter((item) => item.mine && (item.kind === "suggestion" || item.suggestion));
  const about = asked.filter((item) => code === undefined || (item.asked?.code ?? item.code) === code);
  return { done: about.filter((item) => item.state !== "open").length, total: about.length };
}

/**
 * What a coder decided in a transcript, counted.
 * @param {Item[]} items
 * @returns {{asked: number, open: number, accepted: number, changed: number, rejected: number, own: number}} `asked`:
 *   suggestions; `changed`: taken over with another code, stance or other words; `own`: codings that nothing suggested
 */
export function tally(items) {
  const count = { asked: 0, open: 0, accepted: 0, changed: 0, rejected: 0, own: 0 };
  for (const item of items) {
    if (!item.mine) continue;
    if (item.kind === "coding" && !item.suggestion) count.own += 1;
    else {
      count.asked += 1;
      const { asked } = item;
      const kept = !asked || ["code", "stance", "start", "end"].every((one) => asked[one] === item[one]);
      count[item.state !== "held" ? item.state : kept ? "accepted" : "changed"] += 1;
    }
  }
  return count;
}

/**
 * How many places side by side are needed so that passages that overlap do not share one.
 * @template {{top: number, bottom: number}} B
 * @param {B[]} bars sorted by top
 * @returns {number[]} a lane for each, from 0
 */
export function lanes(bars) {
  const ends = [];
  return bars.map(({ top, bottom }) => {
    let lane = ends.findIndex((end) => end <= top);
    if (lane < 0) lane = ends.length;
    ends[lane] = bottom;
    return lane;
  });
}
