/**
 * The acknowledged queue: an action stays here, and in the tab's storage, until the server says that it is on disk.
 *
 * The whole queue is sent with every action, because messages of a component can be joined on their way; each action
 * carries an id, and the server does each only once. So a reload, a lost connection or a double delivery costs nothing.
 *
 * @typedef {import("./model.js").Action} Action
 */

const AGAIN_AFTER = 4000;

export class Queue {
  /**
   * @param {string} key of the tab's storage; another project or coder has another
   * @param {(actions: Action[]) => void} send
   */
  constructor(key, send) {
    this.key = key;
    this.send = send;
    /** @type {Action[]} */
    this.waiting = stored(key);
    this.timer = 0;
    if (this.waiting.length) this.deliver();
  }

  /** @param {Action} action */
  push(action) {
    this.waiting = [...this.waiting, action];
    this.deliver();
  }

  /**
   * Let go of what the server dealt with.
   * @param {Record<string, {error?: string}>} results by the id of the action
   * @returns {Action[]} what it dealt with now
   */
  settle(results) {
    const done = this.waiting.filter((action) => action.id in results);
    if (!done.length) return [];
    this.waiting = this.waiting.filter((action) => !(action.id in results));
    this.keep();
    this.arm();
    return done;
  }

  /** Send everything that waits, now and again until it is acknowledged. */
  deliver() {
    this.keep();
    this.send(this.waiting.slice());
    this.arm();
  }

  arm() {
    clearTimeout(this.timer);
    if (this.waiting.length) this.timer = setTimeout(() => this.deliver(), AGAIN_AFTER);
  }

  keep() {
    try {
      if (this.waiting.length) sessionStorage.setItem(this.key, JSON.stringify(this.waiting));
      else sessionStorage.removeItem(this.key);
    } catch {
      // A browser may forbid storage; then only a reload within the tenth of a second before the answer loses anything.
    }
  }

  stop() {
    clearTimeout(this.timer);
  }
}

/** @param {string} key @returns {Action[]} */
function stored(key) {
  try {
    const found = JSON.parse(sessionStorage.getItem(key) ?? "[]");
    return Array.isArray(found) ? found : [];
  } catch {
    return [];
  }
}

/** An id that nothing else has: 32 hexadecimal digits. @returns {string} */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
