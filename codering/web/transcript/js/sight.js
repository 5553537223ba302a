/**
 * Keeping in sight what one looks at when lines become longer or shorter: the window or the side bar changed its width, or
 * letters came later.
 *
 * @typedef {import("./desk.js").Desk} Desk
 * @typedef {import("./paper.js").TurnView} TurnView
 */

/** Where on the page one mostly reads, as a share of its height: where a passage is put too. */
const READ = 0.3;

/** @param {Desk} desk @returns {{keep: () => void, stop: () => void}} */
export function watchSight(desk) {
  /** @type {{first: number, last: number, read: number, below: number}|null} the turns in sight, that where one reads, and where it begins */
  let seen = null;
  let due = 0;
  const look = () => {
    due = 0;
    const views = [...desk.views.values()];
    if (!views.length) return;
    const sheet = desk.paper.getBoundingClientRect();
    const at = (/** @type {number} */ y) => views[reached(views, (box) => box.bottom > y)];
    const read = at(sheet.top + sheet.height * READ);
    seen = {
      first: at(sheet.top).turn.number, last: at(sheet.bottom).turn.number,
      read: read.turn.number, below: read.box.getBoundingClientRect().top - sheet.top,
    };
  };
  const scrolled = () => {
    due ||= requestAnimationFrame(look);
  };
  desk.paper.addEventListener("scroll", scrolled, { passive: true });
  const keep = () => {
    if (desk.held) return;
    const { turn } = desk.cursor;
    if (desk.finding) desk.finding.show();
    else if (!seen || (seen.first <= turn && turn <= seen.last)) desk.reveal();
    else {
      const read = desk.views.get(seen.read);
      const top = read?.box.getBoundingClientRect().top ?? 0;
      if (read) desk.paper.scrollTop += top - desk.paper.getBoundingClientRect().top - seen.below;
    }
    desk.dialog?.place?.();
  };
  const stop = () => {
    desk.paper.removeEventListener("scroll", scrolled);
    cancelAnimationFrame(due);
  };
  return { keep, stop };
}

/** The first turn for which something holds that holds for all turns after it; otherwise the last. @param {TurnView[]} views @param {(box: DOMRect) => boolean} holds */
function reached(views, holds) {
  let [low, high] = [0, views.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(views[middle].box.getBoundingClientRect())) high = middle;
    else low = middle + 1;
  }
  return low;
}
