/**
 * The transcript component: `loader.js` calls `show` when it is mounted and whenever its data changes.
 */

import { watchBlank } from "./blank.js";
import { watchConnection } from "./connection.js";
import { Desk } from "./desk.js";
import { h } from "./dom.js";
import { watchMouse } from "./drag.js";
import { listen } from "./keys.js";
import { receive } from "./receiving.js";
import { watchSight } from "./sight.js";

/** Room that Streamlit leaves below the last element. */
const BELOW = 20;

/** Of the page and what is beside it or, in a narrow window, below it. */
const LOWEST_DESK = 280;

/** Of Streamlit: that of the words, as participants and as moderators speak, and that of names of open suggestions. */
const LETTERS = ['1em "Source Serif"', 'italic 1em "Source Serif"', 'italic 1em "Source Sans"'];

/** @type {WeakMap<Node, {desk: Desk, stop: () => void}>} */
const DESKS = new WeakMap();

/**
 * @param {object} component
 * @param {object} component.data a message of `changes.py`
 * @param {ShadowRoot|HTMLElement} component.parentElement
 * @param {(name: string, value: unknown) => void} component.setStateValue
 */
function show({ data, parentElement, setStateValue }) {
  if (!parentElement.isConnected) return; // taken away before this script came
  const known = DESKS.get(parentElement) ?? mount(parentElement);
  DESKS.set(parentElement, known);
  receive(known.desk, data, isDark(known.desk.root), setStateValue);
}

/**
 * Streamlit ends a call when it takes the component away, but also when newer data come before the call is through, as on
 * a slow computer: then the component stays where it is, and the desk with what is searched, chosen and pressed there.
 * @param {Node} parentElement
 */
function stop(parentElement) {
  if (!parentElement.isConnected) DESKS.get(parentElement)?.stop();
}

/** @param {ShadowRoot|HTMLElement} parent */
function mount(parent) {
  const root = h("div.cw");
  const style = h("style", {}, STYLE);
  parent.append(style, root);
  const desk = new Desk(parent, root);
  const fit = () => {
    const above = root.getBoundingClientRect().top + (document.querySelector('[data-testid="stMain"]')?.scrollTop ?? 0);
    root.style.height = `${Math.max(LOWEST_DESK, innerHeight - above - BELOW)}px`;
  };
  // What stands above it may come later or become lower, as when Streamlit's style does.
  const settled = new ResizeObserver(fit);
  const column = (parent instanceof ShadowRoot ? parent.host : parent).closest('[data-testid="stMainBlockContainer"]');
  if (column) settled.observe(column);
  const sight = watchSight(desk);
  let due = 0;
  const again = () => {
    due ||= requestAnimationFrame(() => {
      due = 0;
      if (!desk.page) return;
      desk.relayOut();
      sight.keep();
    });
  };
  let width = 0;
  const watcher = new ResizeObserver(([{ contentRect }]) => {
    if (width && width !== contentRect.width) again();
    width = contentRect.width;
  });
  const stops = [
    listen(desk),
    watchMouse(desk),
    watchConnection(desk),
    sight.stop,
    () => removeEventListener("resize", fit),
    () => watcher.disconnect(),
    () => settled.disconnect(),
    () => cancelAnimationFrame(due),
    () => document.fonts?.removeEventListener("loadingdone", again),
  ];
  addEventListener("resize", fit);
  fit();
  watcher.observe(desk.paper);
  document.fonts?.addEventListener("loadingdone", again);
  const leave = () => {
    for (const one of stops) one();
    desk.queue?.stop();
    desk.news.stop();
    root.remove();
    style.remove();
    DESKS.delete(parent);
  };
  return { desk, stop: leave };
}

/** Whether Streamlit's background is dark. @param {HTMLElement} root */
function isDark(root) {
  const colour = getComputedStyle(root).backgroundColor.match(/[\d.]+/g)?.map(Number) ?? [255, 255, 255];
  const scale = getComputedStyle(root).backgroundColor.startsWith("color(") ? 255 : 1;
  const [red, green, blue] = colour.map((value) => value * scale);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 128;
}

// Fetched before there is anything to lay out: nine hundred turns are laid out once then. Without them others serve.
for (const letter of LETTERS) document.fonts?.load(letter).catch(() => {});
if (!globalThis.coderingTranscript) watchBlank();
globalThis.coderingTranscript ??= { show, stop };
dispatchEvent(new Event("codering-transcript"));

/** For Streamlit, which mounts the script as a component that shows nothing. */
export default () => {};
