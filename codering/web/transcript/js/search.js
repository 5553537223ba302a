/**
 * Finding words in a text as one types them: without case and accents, with straight quotes for curly ones, and any
 * white space for a blank.
 */

import { plain } from "./codes.js";

const ALIKE = { "’": "'", "‘": "'", "‚": "'", "“": '"', "”": '"', "„": '"', "–": "-", "—": "-" };

/**
 * A text as it is searched, with the place of each of its letters in the text.
 * @param {string} text
 * @returns {{letters: string, starts: number[], ends: number[]}} places in code points
 */
export function searchable(text) {
  const starts = [];
  const ends = [];
  let letters = "";
  let at = 0;
  for (const point of text) {
    const found = comparable(point);
    // An accent of its own, or a second blank, belongs to the letter before it.
    if ((found === "" || (found === " " && letters.endsWith(" "))) && ends.length) ends[ends.length - 1] = at + 1;
    else {
      letters += found;
      for (let unit = 0; unit < found.length; unit += 1) {
        starts.push(at);
        ends.push(at + 1);
      }
    }
    at += 1;
  }
  return { letters, starts, ends };
}

/** @param {string} point */
function comparable(point) {
  return /\s/u.test(point) ? " " : ALIKE[point] ?? plain(point);
}

/**
 * Where the words stand; occurrences do not overlap.
 * @param {{letters: string, starts: number[], ends: number[]}} text
 * @param {string} words
 * @returns {[number, number][]} in code points
 */
export function occurrences({ letters, starts, ends }, words) {
  const wanted = searchable(words).letters;
  const found = [];
  if (!wanted.trim()) return [];
  for (let at = letters.indexOf(wanted); at >= 0; at = letters.indexOf(wanted, at + wanted.length)) {
    found.push([starts[at], ends[at + wanted.length - 1]]);
  }
  return found;
}
