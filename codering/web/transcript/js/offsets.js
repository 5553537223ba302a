/**
 * Places in a text. Python counts Unicode code points, the browser counts UTF-16 units; everything in this component
 * counts as Python does, and converts at the edge of the DOM.
 */

const ASTRAL = /[\ud800-\udfff]/;

/** UTF-16 units to code points. @param {string} text @param {number} units @returns {number} */
export function toPoints(text, units) {
  return ASTRAL.test(text) ? [...text.slice(0, units)].length : units;
}

/** Code points to UTF-16 units. @param {string} text @param {number} points @returns {number} */
export function toUnits(text, points) {
  return ASTRAL.test(text) ? [...text].slice(0, points).join("").length : points;
}

/** The words at a place, as Python's `text[start:end]`. @param {string} text @param {number} start @param {number} end */
export function cut(text, start, end) {
  return ASTRAL.test(text) ? [...text].slice(start, end).join("") : text.slice(start, end);
}

/**
 * The places of words or sentences, as [start, end) in code points. A word keeps no white space; a sentence keeps its
 * punctuation.
 * @param {string} text
 * @param {"word"|"sentence"} granularity
 * @returns {[number, number][]}
 */
export function pieces(text, granularity) {
  const found = [];
  if (granularity === "word") {
    // Split on white space: a coder's word includes its quotes, hyphens and comma.
    for (const match of text.matchAll(/\S+/gu)) found.push([match.index, match.index + match[0].length]);
  } else if (typeof Intl !== "undefined" && Intl.Segmenter) {
    for (const { segment, index } of new Intl.Segmenter("nl", { granularity }).segment(text)) {
      const start = index + segment.length - segment.trimStart().length;
      const end = index + segment.trimEnd().length;
      if (end > start) found.push([start, end]);
    }
  } else {
    for (const match of text.matchAll(/\S[^.?!…]*[.?!…]*/gu)) {
      found.push([match.index, match.index + match[0].trimEnd().length]);
    }
  }
  return found.map(([start, end]) => [toPoints(text, start), toPoints(text, end)]);
}

/**
 * Widen a place to whole words, without punctuation at its ends unless it was chosen.
 * @param {string} text
 * @param {number} start
 * @param {number} end
 * @returns {[number, number]|null} null if there are no words
 */
export function wholeWords(text, start, end) {
  const points = [...text];
  const letter = (/** @type {number} */ at) => at >= 0 && at < points.length && /[\p{L}\p{N}\p{M}]/u.test(points[at]);
  [start, end] = trimmed(points, start, end);
  if (start >= end) return null;
  while (letter(start) && letter(start - 1)) start -= 1;
  while (letter(end - 1) && letter(end)) end += 1;
  return [start, end];
}

/**
 * A place without the white space at its ends.
 * @param {string[]} points
 * @param {number} start
 * @param {number} end
 * @returns {[number, number]}
 */
export function trimmed(points, start, end) {
  while (start < end && /\s/u.test(points[start])) start += 1;
  while (end > start && /\s/u.test(points[end - 1])) end -= 1;
  return [start, end];
}

/**
 * Move one end of a place by a word.
 * @param {string} text
 * @param {[number, number]} place
 * @param {"start"|"end"} edge
 * @param {1|-1} by
 * @returns {[number, number]} the same place where there is no further word
 */
export function moved(text, [start, end], edge, by) {
  const words = pieces(text, "word");
  if (edge === "end") {
    const ends = words.map((word) => word[1]);
    const next = by > 0 ? ends.find((at) => at > end) : ends.filter((at) => at < end && at > start).at(-1);
    return [start, next ?? end];
  }
  const starts = words.map((word) => word[0]);
  const next = by > 0 ? starts.find((at) => at > start && at < end) : starts.filter((at) => at < start).at(-1);
  return [next ?? start, end];
}

/**
 * Cut a text wherever a place begins or ends.
 * @template {{start: number, end: number}} P
 * @param {number} length in code points
 * @param {P[]} places
 * @returns {{start: number, end: number, over: P[]}[]} pieces that tile the text, each with the places that cover it
 */
export function tiles(length, places) {
  const cuts = new Set([0, length]);
  for (const { start, end } of places) cuts.add(Math.min(start, length)).add(Math.min(end, length));
  const bounds = [...cuts].sort((left, right) => left - right);
  return bounds.slice(0, -1).map((start, index) => {
    const end = bounds[index + 1];
    return { start, end, over: places.filter((one) => one.start < end && start < one.end) };
  });
}
