/** Build what search shows. Text enters the page as text, never as markup. */

/**
 * @typedef {import("./results.js").Result} Result
 * @typedef {typeof import("./words.js").words} Words
 */

/** @returns {string} the root of the pages in the reader's script, relative to the page */
export function siteRoot() {
  return document.getElementById("search-dialog")?.dataset.root ?? "./";
}

/** @returns {string} where the site's files lie, relative to the page: the same for pages in both scripts */
export function filesRoot() {
  return document.getElementById("search-dialog")?.dataset.files ?? siteRoot();
}

/**
 * @param {string} url of a result: relative to the root, or, of a city, an address of a district's site
 * @returns {string} the page, relative to this one; in the reader's script, unless its kind is there in the other alone
 */
export function addressOf(url) {
  if (/^https?:/.test(url)) return url;
  const elsewhere = document.getElementById("search-dialog")?.dataset.elsewhere?.split(" ") ?? [];
  return (elsewhere.includes(url.split("/")[0]) ? filesRoot() : siteRoot()) + url;
}

/**
 * @param {string} pattern text with names in braces
 * @param {Record<string, unknown>} values
 */
export function fill(pattern, values) {
  return String(pattern ?? "").replace(/\{(\w+)\}/g, (_, name) => String(values[name] ?? ""));
}

/**
 * @param {string} tag
 * @param {Record<string, string>} attributes
 * @param {...(Node | string)} children
 * @returns {HTMLElement}
 */
export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

/**
 * @param {string} text
 * @param {[number, number][]} ranges from and to of what was found, rising
 * @returns {(Node | string)[]}
 */
export function marked(text, ranges) {
  const parts = [];
  let end = 0;
  for (const [from, to] of ranges) {
    parts.push(text.slice(end, from), element("mark", {}, text.slice(from, to)));
    end = to;
  }
  return [...parts, text.slice(end)].filter(Boolean);
}

/** @param {Result} result @param {Words} words */
export function reasonText({ why }, words) {
  return fill(words.reasons?.[why.reason] ?? "", { text: why.text });
}

/** What stands below the name of a result. @param {Result} result @param {Words} words @returns {HTMLElement[]} */
export function details(result, words) {
  const reason = reasonText(result, words);
  const parts = [element("span", { class: "search-snippet" }, ...marked(result.snippet, result.matches.snippet))];
  if (result.past) parts.unshift(element("span", { class: "search-past" }, result.past));
  if (reason) parts.push(element("span", { class: "search-reason" }, reason));
  return parts;
}

/**
 * Where to go on: what comes near, the lists of all kinds, queries to try, whom to tell.
 * @param {import("./engine.js").Outcome} outcome without results
 * @param {Words} words
 * @param {(query: string) => void} choose
 */
export function waysOn({ near, doors, examples }, words, choose) {
  const buttons = (/** @type {string[]} */ texts) => texts.flatMap((text) => [button(text, () => choose(text)), " "]);
  const lists = doors.filter(([, , size]) => size).map((door) => element("li", {}, doorLink(door)));
  const places = doors.filter(([, , size]) => !size).flatMap((door) => [" · ", doorLink(door)]);
  const box = element("div", { class: "search-ways" });
  if (near.length) box.append(element("p", {}, words.near, ...buttons(near)));
  if (lists.length) box.append(element("p", {}, words.doors), element("ul", { class: "search-doors" }, ...lists));
  if (examples.length) box.append(element("p", {}, words.examples, ...buttons(examples)));
  box.append(element("p", {}, indexLink(words), ...places));
  return box;
}

/** @param {[string, string, string]} door name, address, size */
function doorLink([name, url, size]) {
  const parts = size ? [" ", element("span", { class: "search-size" }, size)] : [];
  return element("a", { href: addressOf(url) }, name, ...parts);
}

/** @param {Words} words */
export function indexLink(words) {
  return element("a", { href: `${siteRoot()}az/` }, words.index);
}

/** @param {string} label @param {() => void} act */
export function button(label, act) {
  const made = element("button", { type: "button", class: "search-link" }, label);
  made.addEventListener("click", act);
  return made;
}

/**
 * The choice of a district, in a city of so many names that one is asked for first.
 * @param {import("./open.js").Search} search
 * @param {HTMLElement} place what it stands before
 * @param {Words} words
 * @param {() => void} changed
 * @returns {Promise<import("./district_choice.js").DistrictChoice | null>}
 */
export async function districtChoice({ districts }, place, words, changed) {
  if (!districts.length) return null;
  const { DistrictChoice } = await import("./district_choice.js");
  return new DistrictChoice(districts, place, words, changed);
}

/**
 * The line below the field, which screen readers speak.
 * @param {HTMLElement} place
 * @param {string} query
 * @param {import("./engine.js").Outcome} outcome
 * @param {Words} words
 * @param {() => void} again
 */
export function showStatus(place, query, outcome, words, again) {
  const parts = [];
  if (outcome.total) parts.push(fill(words.found, { count: outcome.total }));
  else if (query) parts.push(fill(words.nothing, { query: query.slice(0, 40) }));
  if (query && outcome.unmet.length) parts.push(fill(words.unmet, { wishes: outcome.unmet.join(words.between) }));
  if (outcome.reworded) parts.push("，", fill(words.reworded, { text: outcome.reworded }));
  if (outcome.partial) parts.push(" ", words.partial, button(words.retry, again));
  place.replaceChildren(...parts);
}
