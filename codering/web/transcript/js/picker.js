/**
 * The pop-up in which one finds a code: type to filter, a digit or Enter to choose, Tab to the stance, Escape to leave.
 *
 * @typedef {import("./desk.js").Desk} Desk
 */

import { ranked } from "./codes.js";
import { counted, h } from "./dom.js";
import { CONFIRMS, DENIES, opposite } from "./model.js";

const SHOWN = 60;
/** Of the list, in pixels: five codes beside the words, three where there is little room. */
const [LOWEST, FEWEST] = [150, 92];
/** Of the whole beside words that are high. */
const NARROWEST = 340;

/**
 * @param {Desk} desk
 * @param {object} options
 * @param {() => DOMRect} options.at where the words are now
 * @param {string} options.title what the code is for
 * @param {string} [options.stance]
 * @param {string} [options.code] the code that it has now
 * @param {(code: string, stance: string) => void} options.chosen
 * @param {() => void} options.left
 */
export function openPicker(desk, { at, title, stance = CONFIRMS, code: now, chosen, left }) {
  const { texts } = desk;
  const state = { stance, at: 0, found: /** @type {any[]} */ ([]) };
  const list = h("ul.found", { role: "listbox", id: "cw-found", "aria-label": texts.codes });
  const input = /** @type {HTMLInputElement} */ (
    h("input", {
      type: "text", role: "combobox", autocomplete: "off", spellcheck: false, placeholder: texts.findCode,
      "aria-label": texts.findCode, "aria-expanded": "true", "aria-controls": "cw-found", "aria-autocomplete": "list",
      oninput: () => show(0),
    })
  );
  const toggle = h("button.stance", { type: "button", onclick: () => turn() });
  const hint = h("p.hint", {}, texts.pickerHint);
  const box = h("div.picker", { role: "dialog", "aria-modal": "true", "aria-label": title, onkeydown: press }, h("p.title", {}, title), input, toggle, list, hint);
  const veil = h("div.veil", { onpointerdown: (/** @type {Event} */ event) => { event.preventDefault(); leave(); } });

  function show(/** @type {number} */ position) {
    state.found = ranked(desk.page.codes, input.value).slice(0, SHOWN);
    state.at = Math.min(position, Math.max(state.found.length - 1, 0));
    const none = h("li.none", { role: "option", id: "cw-option-0", "aria-disabled": "true", "aria-selected": "false" }, texts.noCode);
    list.replaceChildren(...(state.found.length ? state.found.map(option) : [none]));
    input.setAttribute("aria-activedescendant", `cw-option-${state.at}`);
    list.children[state.at]?.scrollIntoView({ block: "nearest" });
  }

  function option(/** @type {any} */ code, /** @type {number} */ index) {
    const element = h(
      "li.option",
      {
        role: "option", id: `cw-option-${index}`, "aria-selected": String(index === state.at),
        style: { "--code": desk.colour(code.id) }, title: code.definition, onclick: () => take(index),
      },
      h("kbd", { "aria-hidden": "true" }, index < 9 ? index + 1 : ""),
      h("span.code", {}, code.label, code.id === now && h("span.small", {}, ` ${texts.codeNow}`)),
      h("span.theme", {}, code.theme),
      h("span.uses", { title: counted(texts, "uses", code.uses) }, code.uses || ""),
    );
    return element;
  }

  function turn() {
    state.stance = opposite(state.stance);
    label();
  }

  function label() {
    const denies = state.stance === DENIES;
    toggle.replaceChildren(denies ? `≠ ${texts.denies}` : texts.confirms, h("kbd", {}, "Ctrl S"));
    toggle.setAttribute("aria-label", `${texts.stance}: ${denies ? texts.denies : texts.confirms}`);
    toggle.classList.toggle("denied", denies);
  }

  function take(/** @type {number} */ index) {
    const code = state.found[index];
    if (!code) return;
    close();
    chosen(code.id, state.stance);
  }

  function leave() {
    close();
    left();
  }

  function press(/** @type {KeyboardEvent} */ event) {
    const steps = { ArrowDown: 1, ArrowUp: -1, PageDown: 8, PageUp: -8 };
    if (event.isComposing) return;
    if (event.key in steps) show(Math.max(0, state.at + steps[event.key]));
    else if (event.key === "Enter" && event.target !== toggle) take(state.at);
    else if (event.key === "Escape") leave();
    else if (event.key === "Tab") (event.target === input ? toggle : input).focus();
    else if (event.key.toLowerCase() === "s" && (event.ctrlKey || event.metaKey)) turn();
    else if (/^[1-9]$/.test(event.key) && !event.ctrlKey && !event.metaKey && !event.altKey) take(Number(event.key) - 1);
    else {
      event.stopPropagation();
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  function close() {
    box.remove();
    veil.remove();
    desk.dialog = null;
  }

  label();
  desk.overlay.append(veil, box);
  show(Math.max(0, now ? ranked(desk.page.codes, "").findIndex((code) => code.id === now) : 0));
  const place = () => settle(desk, box, list, at());
  place();
  list.children[state.at]?.scrollIntoView({ block: "nearest" });
  desk.dialog = { close: leave, place };
  input.focus({ preventScroll: true });
}

/**
 * Below the words where there is room, otherwise above them; it stays beside them when the list gets shorter. Where
 * neither side has room the list is made lower, and where that is not enough it goes elsewhere: one chooses a code while
 * reading the words.
 * @param {Desk} desk @param {HTMLElement} box @param {HTMLElement} list @param {DOMRect} at
 */
function settle(desk, box, list, at) {
  list.style.maxHeight = "";
  for (const side of ["top", "bottom", "left", "right", "width"]) box.style.removeProperty(side);
  box.classList.remove("docked");
  const [above, below] = [at.top - 16, innerHeight - at.bottom - 16];
  const over = box.offsetHeight - Math.max(above, below);
  if (over > 0) {
    if (list.clientHeight - over < LOWEST) return dock(desk, box, list, at);
    list.style.maxHeight = `${list.clientHeight - over}px`;
  }
  const { width, height } = box.getBoundingClientRect();
  if (below >= height || below >= above) box.style.top = `${at.bottom + 8}px`;
  else box.style.bottom = `${innerHeight - at.top + 8}px`;
  box.style.left = `${Math.max(8, Math.min(at.left, innerWidth - width - 8))}px`;
}

/**
 * To the right of words that are high; without room there (a small or much enlarged window) at the foot of the window,
 * with a few codes, and the words in what is left above it.
 * @param {Desk} desk @param {HTMLElement} box @param {HTMLElement} list @param {DOMRect} at
 */
function dock(desk, box, list, at) {
  const beside = innerWidth - at.right - 20;
  if (beside >= NARROWEST) {
    const width = Math.min(box.offsetWidth, beside);
    const top = Math.max(8, Math.min(at.top, innerHeight - box.offsetHeight - 8));
    for (const [side, size] of Object.entries({ top, width, left: innerWidth - width - 8 })) box.style.setProperty(side, `${size}px`);
    return;
  }
  box.classList.add("docked");
  list.style.maxHeight = `${Math.max(FEWEST, innerHeight * 0.24)}px`;
  const sheet = desk.paper.getBoundingClientRect();
  const room = box.getBoundingClientRect().top - 8 - sheet.top;
  // The words in the middle of what is left; of more words than that their beginning.
  desk.paper.scrollTop += at.top - sheet.top - Math.max(4, (room - at.height) / 2);
}
