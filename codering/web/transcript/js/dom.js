/**
 * Making elements. Everything that comes from a project enters as text, never as HTML.
 */

/**
 * @param {string} tag for example `"button.tag.open"`
 * @param {Record<string, unknown>} [properties] `on…` are handlers; names with a dash, `role`, `for` and `lang` are
 *   attributes; `data` and `style` are objects; null and false are left out
 * @param {...(Node|string|number|null|false|undefined)} children
 * @returns {HTMLElement}
 */
export function h(tag, properties = {}, ...children) {
  const [name, ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length) element.className = classes.join(" ");
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key === "data") Object.assign(element.dataset, value);
    else if (key === "style") setStyles(element, /** @type {Record<string, string>} */ (value));
    else if (key.includes("-") || ["role", "for", "lang", "translate"].includes(key)) element.setAttribute(key, String(value));
    else element[key] = value;
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false).map(node));
  return element;
}

/** @param {Node|string|number} child */
function node(child) {
  return child instanceof Node ? child : document.createTextNode(String(child));
}

/** @param {HTMLElement} element @param {Record<string, string>} styles */
export function setStyles(element, styles) {
  for (const [key, value] of Object.entries(styles)) element.style.setProperty(key, value);
}

/**
 * Fill in the fields of a text: `fill("{count} left", {count: 3})`.
 * @param {string} template
 * @param {Record<string, string|number>} values
 */
export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/**
 * Fill in a text that counts something; of one thing it has another form.
 * @param {Record<string, string>} texts
 * @param {string} name of the form for many; that for one is called `NAMEOne`
 * @param {number} count
 */
export function counted(texts, name, count) {
  return fill(texts[count === 1 ? `${name}One` : name], { count });
}

/** Seconds as a person reads them: 1:02:03 or 02:03. @param {number} seconds */
export function clock(seconds) {
  const whole = Math.floor(seconds);
  const two = (/** @type {number} */ value) => String(value).padStart(2, "0");
  const hours = Math.floor(whole / 3600);
  const rest = `${two(Math.floor((whole % 3600) / 60))}:${two(whole % 60)}`;
  return hours ? `${hours}:${rest}` : rest;
}
