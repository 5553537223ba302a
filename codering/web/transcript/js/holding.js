/**
 * What the server sent: each message says only what is new since a version that is held here (see `changes.py`).
 *
 * A version stays until a message builds on a later one: of two messages that are on their way together, both may build
 * on what was held before the first.
 *
 * @typedef {{page: any, state: any, items: Map<string, import("./model.js").Item>}} Version
 */

export class Holding {
  constructor() {
    /** @type {Map<string, Version>} in the order in which they came */
    this.held = new Map();
    /** The version that is shown; empty before the first. */
    this.version = "";
  }

  /**
   * @param {{version: string, base: string, page: object, state: any, gone: string[]}} message
   * @returns {{page: any, state: any}|null} all of it; null if it builds on what is not held
   */
  take({ version, base, page, state, gone }) {
    if (!this.held.has(version)) {
      const before = base ? this.held.get(base) : { page: {}, state: {}, items: new Map() };
      if (!before) return null;
      const items = new Map(before.items);
      for (const id of gone) items.delete(id);
      for (const item of state.items) items.set(item.id, item);
      this.held.set(version, { page: { ...before.page, ...page }, state: { ...before.state, ...state }, items });
      for (const old of [...this.held.keys()]) {
        if (old === base || old === version) break;
        this.held.delete(old);
      }
    }
    this.version = version;
    const { page: all, state: now, items } = this.held.get(version);
    const order = now.order.map((/** @type {object} */ entry, /** @type {number} */ index) => ({ ...entry, open: now.open[index] === "1" }));
    return { page: all, state: { ...now, order, items: [...items.values()] } };
  }
}
