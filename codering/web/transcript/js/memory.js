/** Where one was, kept in the tab for when it is loaded again. */

/** @param {string} key */
export function remembered(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key) ?? "null");
  } catch {
    return null;
  }
}

/** @param {string} key @param {object} cursor */
export function remember(key, cursor) {
  try {
    sessionStorage.setItem(key, JSON.stringify(cursor));
  } catch {
    // Without storage a reload begins at the first suggestion.
  }
}
