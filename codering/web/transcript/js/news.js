/**
 * What others changed on this page, said in passing: it needs no click, takes no focus and moves nothing. Only what this
 * coder may see comes here, so that there is nothing to say of others to who codes blind.
 *
 * @typedef {import("./model.js").Item} Item
 * @typedef {{added: number, changed: number, removed: number, codebook: boolean}} Changes
 */

import { counted, fill, h } from "./dom.js";

/** How long it is to be read. */
const STAYS = 12_000;
/** How long nothing more is said: another who codes on is not heard at every coding. */
const QUIET = 30_000;

/**
 * What became different of others' codings.
 * @param {Item[]} before
 * @param {Item[]} after
 * @returns {Map<string, Changes>} by coder
 */
export function differences(before, after) {
  const [old, now] = [theirs(before), theirs(after)];
  /** @type {Map<string, Changes>} */
  const found = new Map();
  const count = (/** @type {Item} */ item, /** @type {"added"|"changed"|"removed"} */ what) => {
    changesOf(found, item.coder ?? "")[what] += 1;
  };
  for (const [id, item] of now) {
    if (!old.has(id)) count(item, "added");
    else if (coded(item) !== coded(old.get(id))) count(item, "changed");
  }
  for (const [id, item] of old) if (!now.has(id)) count(item, "removed");
  return found;
}

/** @param {Item[]} items */
function theirs(items) {
  return new Map(items.filter((item) => !item.mine).map((item) => [item.id, item]));
}

/** @param {Item} item */
function coded({ turn, start, end, code, stance }) {
  return JSON.stringify([turn, start, end, code, stance]);
}

/** @param {Map<string, Changes>} all @param {string} coder */
function changesOf(all, coder) {
  if (!all.has(coder)) all.set(coder, { added: 0, changed: 0, removed: 0, codebook: false });
  return all.get(coder);
}

export class News {
  /** @param {{stays?: number, quiet?: number}} [times] in milliseconds */
  constructor({ stays = STAYS, quiet = QUIET } = {}) {
    this.times = { stays, quiet };
    this.box = h("p.news", { role: "status", "aria-live": "polite" });
    /** @type {Map<string, Changes>} what was not said yet */
    this.untold = new Map();
    this.leaving = 0;
    this.silence = 0;
  }

  /** Something became different; it is said at once, or when it was quiet for long enough. @param {Record<string, string>} texts @param {Map<string, Changes>} found */
  add(texts, found) {
    for (const [coder, more] of found) {
      const changes = changesOf(this.untold, coder);
      for (const what of /** @type {const} */ (["added", "changed", "removed"])) changes[what] += more[what];
      changes.codebook ||= more.codebook;
    }
    this.texts = texts;
    if (!this.silence) this.say();
  }

  /** Somebody put another codebook in force. @param {Record<string, string>} texts @param {string} coder empty if it is not said who */
  codebook(texts, coder) {
    this.add(texts, new Map([[coder, { added: 0, changed: 0, removed: 0, codebook: true }]]));
  }

  say() {
    this.silence = 0;
    if (!this.untold.size) return;
    this.box.textContent = [...this.untold].map(([coder, changes]) => this.sentence(coder, changes)).join(" ");
    this.untold.clear();
    clearTimeout(this.leaving);
    this.leaving = setTimeout(() => this.leave(), this.times.stays);
    this.silence = setTimeout(() => this.say(), this.times.quiet);
  }

  /** It stays for who looks at another window. */
  leave() {
    if (document.hidden) document.addEventListener("visibilitychange", () => this.leave(), { once: true });
    else this.box.textContent = "";
  }

  /** @param {string} coder @param {Changes} changes */
  sentence(coder, { added, changed, removed, codebook }) {
    const { texts } = this;
    if (!coder) return texts.newsCodebook;
    const parts = [
      added > 0 && counted(texts, "newsAdded", added),
      changed > 0 && counted(texts, "newsChanged", changed),
      removed > 0 && counted(texts, "newsRemoved", removed),
      codebook && texts.newsCodebookOf,
    ].filter(Boolean);
    return fill(texts.newsOf, { coder, changes: parts.join(", ") });
  }

  /** Say no more of what was on another page. */
  stop() {
    clearTimeout(this.leaving);
    clearTimeout(this.silence);
    this.silence = 0;
    this.untold.clear();
    this.box.textContent = "";
  }
}
