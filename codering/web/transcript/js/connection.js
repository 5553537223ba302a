/**
 * Whether the server can be reached: Streamlit writes it on its root. What is done meanwhile waits in the queue; here a
 * coder hears why. Streamlit's own message, in English and over the whole page, would take the keys: it is closed.
 *
 * @typedef {import("./desk.js").Desk} Desk
 */

import { drawRail } from "./rail.js";

/** A connection that is back sooner than this is not worth a word. */
const WORTH_SAYING = 1500;
const LOOK_AGAIN = 100;

/** @param {Desk} desk @returns {() => void} to stop watching */
export function watchConnection(desk) {
  const app = /** @type {HTMLElement|null} */ (document.querySelector('[data-testid="stApp"]'));
  let timer = 0;
  let closing = 0;
  const say = (/** @type {boolean} */ lost) => {
    desk.lost = lost;
    clearInterval(closing);
    if (lost) closing = setInterval(() => closeMessage(desk), LOOK_AGAIN);
    if (!desk.page) return;
    desk.say(lost ? desk.texts.lost : desk.texts.found);
    drawRail(desk);
  };
  const look = () => {
    clearTimeout(timer);
    const state = app?.dataset.testConnectionState;
    if (state && state !== "CONNECTED") timer = setTimeout(() => say(true), WORTH_SAYING);
    else if (desk.lost) {
      say(false);
      takeFocus();
    }
  };
  const takeFocus = () => {
    if (document.querySelector('[role="dialog"]')) timer = setTimeout(takeFocus, LOOK_AGAIN);
    else if (desk.page && desk.active() === document.body) desk.focus();
  };
  const observer = new MutationObserver(look);
  if (app) observer.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
  return () => {
    observer.disconnect();
    clearTimeout(timer);
    clearInterval(closing);
  };
}

/** Close Streamlit's message that the connection is lost. @param {Desk} desk */
function closeMessage(desk) {
  const [message] = [...document.querySelectorAll('[role="dialog"]')].filter((one) => one.textContent?.startsWith("Connection error"));
  const close = /** @type {HTMLElement|null|undefined} */ (message?.querySelector('button[aria-label="Close"]'));
  close?.click();
  if (!message && desk.page && desk.active() === document.body) desk.focus();
}
