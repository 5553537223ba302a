/**
 * The keys, what they do, and the page that lists them.
 *
 * @typedef {import("./desk.js").Desk} Desk
 */

import { h } from "./dom.js";

/** Actions of which a key that is held down should not send many. */
const ONCE = new Set(["a", "r", "c", "s", "S", "w", "x", "g", "m", "u", "U", "e", "G", "t", "/", "?"]);

/**
 * A group of keys on the help page: the name of the text above it, and its keys with the name of the text that says what
 * they do. A key and what it does with Shift stand below each other.
 * @typedef {{heading: string, keys: [string[], string][]}} Group
 */

/** @type {Group[]} */
const GROUPS = [
  {
    heading: "readingKeys",
    keys: [
      [["J", "K"], "keyStep"],
      [["N"], "keySameCode"],
      [["→", "←"], "keyItem"],
      [["↓", "↑"], "keyTurn"],
      [["PgDn", "PgUp"], "keyPage"],
      [["Home", "End"], "keyEnds"],
      [["/"], "keyFind"],
      [["G"], "keyRead"],
      [["Shift G"], "keyEnd"],
      [["T"], "keyOnward"],
      [["?"], "keyHelp"],
    ],
  },
  {
    heading: "codingKeys",
    keys: [
      [["A"], "keyAccept"],
      [["R"], "keyReject"],
      [["S"], "keyFlip"],
      [["Shift S"], "keyFlipStay"],
      [["C"], "keyChange"],
      [["W"], "keyWhole"],
      [["E"], "keyPart"],
      [["X"], "keyRemove"],
      [["M"], "keyMemo"],
      [["U"], "keyUndo"],
      [["Shift U"], "keyRedo"],
    ],
  },
  {
    heading: "spanKeys",
    keys: [
      [["↓", "↑"], "keySentence"],
      [["Shift ↓", "Shift ↑"], "keySentenceMore"],
      [["Shift →", "Shift ←"], "keyLast"],
      [["Alt →", "Alt ←"], "keyFirst"],
      [["Enter"], "keyKeep"],
      [["Esc"], "keyLeave"],
    ],
  },
];

const NAMES = { ArrowDown: "down", ArrowUp: "up", ArrowLeft: "left", ArrowRight: "right", Delete: "x" };

/**
 * Listen before Streamlit does: it keeps R and C for itself.
 * @param {Desk} desk
 * @returns {() => void} to stop listening
 */
export function listen(desk) {
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (keepsName(desk, event)) return desk.focus();
    if (!isOurs(desk, event)) return;
    const key = NAMES[event.key] ?? typed(event);
    if (event.repeat && ONCE.has(key)) return swallow(event);
    const chord = `${event.altKey ? "alt+" : ""}${event.shiftKey && key.length > 1 ? "shift+" : ""}${key}`;
    if (desk.press(chord)) swallow(event);
  };
  addEventListener("keydown", press, { capture: true });
  return () => removeEventListener("keydown", press, { capture: true });
}

/**
 * Whether someone confirms the name that they have: no other page comes then to take the focus from its field, and keys
 * would become letters of the name.
 * @param {Desk} desk @param {KeyboardEvent} event
 */
function keepsName(desk, event) {
  const field = event.composedPath()[0];
  if (event.key !== "Enter" || !(field instanceof HTMLInputElement) || !field.closest(".st-key-coder")) return false;
  return Boolean(desk.page) && field.value.trim().toLowerCase() === desk.page.coder.toLowerCase();
}

/**
 * What was typed, with the capital that Shift makes and not the one of Caps Lock: with that on, no key would do anything.
 * @param {KeyboardEvent} event
 */
function typed(event) {
  if (!/^[a-zA-Z]$/.test(event.key)) return event.key;
  return event.shiftKey ? event.key.toUpperCase() : event.key.toLowerCase();
}

/** @param {KeyboardEvent} event */
function swallow(event) {
  event.preventDefault();
  event.stopImmediatePropagation();
}

/**
 * Whether a key is meant for the transcript: not while typing, in another dialog or with Ctrl, nor while the page is
 * waited for (as after a lost connection): what is not seen yet is not to be decided about.
 * @param {Desk} desk
 */
function isOurs(desk, /** @type {KeyboardEvent} */ event) {
  if (!desk.page) return false;
  if (event.ctrlKey || event.metaKey || event.isComposing || desk.dialog) return false;
  if (!desk.root.isConnected || desk.root.getClientRects().length === 0) return false;
  const target = event.composedPath()[0];
  if (!(target instanceof Element)) return true;
  if (target.matches("input, textarea, select, [contenteditable], [contenteditable] *")) return false;
  if (desk.span && desk.root.contains(target)) return true;
  if (desk.root.contains(target)) return !(["Enter", " "].includes(event.key) && target.matches("button, summary"));
  if (document.querySelector('[role="dialog"]')) return false;
  const busy = target.closest('button, a, [role="option"], [role="tab"], [role="slider"], [role="combobox"], [role="menu"], [role="radio"]');
  return !busy || /^[a-zA-Z?/]$/.test(event.key);
}

/** The page that lists the keys. @param {Desk} desk */
export function openHelp(desk) {
  const { texts } = desk;
  const before = desk.active();
  const row = (/** @type {[string[], string]} */ [names, text]) =>
    h(
      "div",
      {},
      h("dt", {}, ...names.flatMap((name, index) => [index ? " " : "", h("kbd", {}, name)])),
      h("dd", {}, texts[text]),
    );
  const group = (/** @type {Group} */ { heading, keys }) =>
    h("section", {}, h("h3", {}, texts[heading]), h("dl", {}, ...keys.map(row)));
  const close = () => {
    veil.remove();
    box.remove();
    desk.dialog = null;
    if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true });
    else desk.focus();
  };
  const done = h("button.key.primary", { type: "button", onclick: close }, texts.close, h("kbd", {}, "Esc"));
  const box = h(
    "div.help",
    {
      role: "dialog", "aria-modal": "true", "aria-label": texts.keys, tabIndex: -1,
      onkeydown: (/** @type {KeyboardEvent} */ event) => {
        if (event.key === "Tab") event.preventDefault();
        if (["Escape", "?"].includes(event.key)) { swallow(event); close(); }
      },
    },
    h("h2", {}, texts.keys),
    h("div.groups", {}, ...GROUPS.map(group)),
    h("p.hint", {}, texts.mouseHint),
    done,
  );
  const veil = h("div.veil.dark", { onclick: close });
  desk.overlay.append(veil, box);
  desk.dialog = { close };
  done.focus({ preventScroll: true });
}
