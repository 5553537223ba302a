/**
 * Finding a code by what one types.
 *
 * @typedef {{id: string, label: string, theme: string, definition: string, uses: number}} Code
 */

/** Letters without case and accents. @param {string} text */
export function plain(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/**
 * The codes that fit a query, best first: by where it is found (start of the label, start of a word in it, elsewhere in
 * label or id, in the theme, in the definition), then the most used, then the codebook's order.
 * @param {Code[]} codes
 * @param {string} query every word of it must be found
 * @returns {Code[]}
 */
export function ranked(codes, query) {
  const words = plain(query).split(/\s+/).filter(Boolean);
  const scored = codes.map((code, index) => ({ code, index, rank: rank(code, words) }));
  return scored
    .filter(({ rank }) => rank < Infinity)
    .sort((left, right) => left.rank - right.rank || right.code.uses - left.code.uses || left.index - right.index)
    .map(({ code }) => code);
}

/** @param {Code} code @param {string[]} words */
function rank(code, words) {
  const label = plain(code.label);
  const others = [plain(code.id), plain(code.theme), plain(code.definition)];
  let worst = 0;
  for (const word of words) {
    let found = Infinity;
    if (label.startsWith(word)) found = 0;
    else if (new RegExp(`[^\\p{L}\\p{N}]${escaped(word)}`, "u").test(label)) found = 1;
    else if (label.includes(word) || others[0].includes(word)) found = 2;
    else if (others[1].includes(word)) found = 3;
    else if (others[2].includes(word)) found = 4;
    worst = Math.max(worst, found);
  }
  return worst;
}

/** @param {string} text */
function escaped(text) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
