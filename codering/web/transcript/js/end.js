/**
 * Below the last turn: that all was read. Only what was read says what was missed, and one button for the turns that
 * one need not stop at is why a coder will say it.
 *
 * @typedef {import("./desk.js").Desk} Desk
 */

import { counted, fill, h } from "./dom.js";
import { drawOnward, isFinished, reading } from "./finish.js";

/** Show how much was marked as read, and offer to mark the rest. @param {Desk} desk */
export function drawEnd(desk) {
  const { texts } = desk;
  const { unread, turns } = reading(desk);
  const onward = !unread && isFinished(desk);
  const open = desk.items.filter((item) => item.state === "open").length;
  const looks = JSON.stringify([turns, unread, open, desk.page.version, onward && desk.state.onward]);
  if (desk.end.dataset.looks === looks) return;
  desk.end.dataset.looks = looks;
  const count = { read: turns - unread, count: turns };
  const done = h("button.key", { type: "button", onclick: () => readAll(desk) }, counted(texts, "readAll", unread));
  const parts = [
    h("h2", {}, texts.end),
    h("p", {}, unread ? fill(texts.readSome, count) : texts.readEvery),
    unread > 0 && h("p.hint", {}, texts.readWhy),
    unread > 0 && open > 0 && h("p.hint", {}, fill(texts.readOpen, { count: open })),
    unread > 0 && done,
    ...(onward ? drawOnward(desk) : []),
  ];
  desk.end.replaceChildren(...parts.filter((part) => part instanceof Node));
}

/** Go to the end, where Enter says that all was read. @param {Desk} desk */
export function goToEnd(desk) {
  desk.end.scrollIntoView({ block: "center" });
  const button = desk.end.querySelector("button");
  if (button) button.focus({ preventScroll: true });
  else desk.hint(desk.texts.readEvery);
}

/** @param {Desk} desk */
function readAll(desk) {
  desk.do({ verb: "read_all", shown: desk.items.some((item) => item.source !== undefined) });
  desk.show();
  desk.focus();
}
