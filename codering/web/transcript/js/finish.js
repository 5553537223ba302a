/**
 * What one sees when a transcript asks for nothing more: what was decided, what is still to read, and where to go on.
 *
 * @typedef {import("./desk.js").Desk} Desk
 * @typedef {import("./model.js").Item} Item
 */

import { counted, fill, h } from "./dom.js";
import { tally } from "./model.js";

/** The turns that can carry a code and were not marked as read, of how many. @param {Desk} desk */
export function reading(desk) {
  const turns = [...desk.views.values()].filter((view) => view.codable && view.turn.text.trim());
  return { unread: turns.filter((view) => !desk.isRead(view.turn.number)).length, turns: turns.length };
}

/**
 * Whether this transcript asks for nothing more: every suggestion is answered; where nothing is suggested, every turn was
 * read; while it is coded blind, the coder said so.
 * @param {Desk} desk
 */
export function isFinished(desk) {
  const { blind, done } = desk.state.onward;
  if (blind) return done;
  const { asked, open } = tally(desk.items);
  return asked ? !open : !reading(desk).unread;
}

/** That it is finished, for the rail; null if it is not. @param {Desk} desk */
export function drawFinish(desk) {
  if (!isFinished(desk)) return null;
  const { texts } = desk;
  const { unread, turns } = reading(desk);
  const { blind } = desk.state.onward;
  const found = tally(desk.items);
  const title = blind ? texts.finishBlind : unread ? texts.finishAnswered : texts.finishRead;
  const toRead = unread > 0 && !blind && [
    h("p", {}, fill(texts.finishUnread, { count: unread, turns }), " ", h("span.hint", {}, texts.finishUnreadWhy)),
    h("div.actions", {}, key(desk, texts.finishToEnd, "G", "Shift G")),
  ];
  return h(
    "section.finish",
    { "aria-label": title },
    h("h2", {}, title),
    !blind && found.asked + found.own > 0 && h("p", {}, fill(texts.finishCounts, found)),
    ...(toRead || []),
    ...drawOnward(desk),
  );
}

/** Where one goes on: the next transcript with work, or what one does when there is none. @param {Desk} desk @returns {HTMLElement[]} */
export function drawOnward(desk) {
  const { texts } = desk;
  const { next, left, unread } = desk.state.onward;
  if (next) {
    const more = left > 1 ? ` ${fill(texts.onwardLeft, { count: left - 1 })}` : "";
    return [
      h("p.onward", {}, `${what(desk, next)}${more}`),
      h("div.actions", {}, key(desk, texts.onward, "t", "T", true)),
    ];
  }
  const elsewhere = unread > 0 ? ` ${counted(texts, "unreadElsewhere", unread)}` : "";
  const to = (/** @type {string} */ label, /** @type {string} */ show) =>
    h("button.key", { type: "button", onclick: () => desk.ask("at", { show }) }, label);
  return [
    h("p.onward", {}, `${texts.nothingLeft}${elsewhere}`),
    h("div.actions", {}, to(texts.toMissed, "missed"), to(texts.toFrequencies, "frequencies")),
  ];
}

/** What a transcript asks for. @param {Desk} desk @param {{title: string, open: number, blind: boolean}} next */
function what(desk, { title, open, blind }) {
  const { texts } = desk;
  if (open) return fill(counted(texts, "onwardOpen", open), { title });
  return fill(blind ? texts.onwardBlind : texts.onwardRead, { title });
}

/** What is said when the last one is answered. @param {Desk} desk */
export function lastSaid(desk) {
  const { texts } = desk;
  const { open } = tally(desk.items);
  if (open) return `${texts.lastOfThese} ${counted(texts, "othersWait", open)}`;
  const { next } = desk.state.onward;
  return `${texts.lastOfAll} ${next ? fill(texts.onwardKey, { title: next.title }) : texts.nothingLeft}`;
}

/** What is said where nothing comes next. @param {Desk} desk */
export function noneSaid(desk) {
  const { texts } = desk;
  const { open } = tally(desk.items);
  if (open) return `${texts.noNextOfThese} ${counted(texts, "othersWait", open)}`;
  const { next } = desk.state.onward;
  return next ? `${texts.noNext} ${fill(texts.onwardKey, { title: next.title })}` : texts.noNext;
}

/** Go on in the next transcript that asks for something; if none does, to where one can go then. @param {Desk} desk */
export function goOnward(desk) {
  const { next } = desk.state.onward;
  if (next) return desk.leave({ transcript: next.transcript, turn: null, item: null }, next.title);
  desk.go({ turn: desk.cursor.turn, item: null });
  desk.hint(isFinished(desk) ? desk.texts.nothingLeft : desk.texts.nothingElsewhere);
  const button = /** @type {HTMLElement|null} */ (desk.rail.querySelector(".onward ~ .actions button"));
  button?.focus({ preventScroll: true });
}

/** @param {Desk} desk @param {string} label @param {string} chord @param {string} shown @param {boolean} [primary] */
function key(desk, label, chord, shown, primary = false) {
  return h(
    primary ? "button.key.primary" : "button.key",
    { type: "button", "aria-keyshortcuts": shown.replace(" ", "+"), onclick: () => desk.run(chord) },
    label,
    h("kbd", { "aria-hidden": "true" }, shown),
  );
}
