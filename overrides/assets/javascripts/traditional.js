/**
 * Put what scripts write on a page into traditional characters, before it is painted. The pages themselves come in them; the
 * scripts, the index of the search and the data of the finders are the same for both scripts.
 *
 * What becomes of a character stands in /assets/zh-hant.js, which comes before this script.
 */

/** @typedef {{characters: string, rules: Record<string, [string, string, string][]>}} Table see macros/text/character_table.py */

/** @type {Table} */
const { characters, rules } = /** @type {any} */ (globalThis).kepuTraditional ?? { characters: "", rules: {} };
const usual = new Map();
for (let at = 0; at < characters.length; at += 2) usual.set(characters[at], characters[at + 1]);

const READ = ["title", "alt", "aria-label", "placeholder"];
const LEFT = "script, style, code, pre, textarea, [lang='zh-Hans']";

/** @param {string} text @returns {string} as long as the text */
function convert(text) {
  const whole = `\n${text}\n`; // where it begins and ends is a neighbour too
  return text.replace(/[\u3400-\u9fff]/g, (character, at) => {
    const fits = rules[character]?.find(
      ([before, after]) => before.length <= at + 1 && whole.startsWith(before, at + 1 - before.length) && whole.startsWith(after, at + 2),
    );
    return fits ? fits[2] : (usual.get(character) ?? character);
  });
}

/** Words that a mark cuts are read whole. @param {Node} node @returns {Element | null} the element whose text it is part of */
function holderOf(node) {
  const element = node instanceof Element ? node : node.parentElement;
  return element?.closest(":not(mark)") ?? null;
}

/** @param {Element} holder */
function convertTexts(holder) {
  if (holder.closest(LEFT)) return;
  const nodes = [...holder.childNodes].flatMap((node) => (node.nodeName === "MARK" ? [...node.childNodes] : [node]));
  const texts = /** @type {Text[]} */ (nodes.filter((node) => node.nodeType === Node.TEXT_NODE));
  const whole = convert(texts.map(({ data }) => data).join(""));
  let at = 0;
  for (const text of texts) {
    const part = whole.slice(at, (at += text.data.length));
    if (part !== text.data) text.data = part;
  }
}

/** @param {Element} element */
function convertAttributes(element) {
  for (const name of READ) {
    const value = element.getAttribute(name);
    if (value && convert(value) !== value) element.setAttribute(name, convert(value));
  }
}

/** @param {MutationRecord[]} changes */
function follow(changes) {
  const holders = new Set();
  for (const { type, target, addedNodes } of changes) {
    if (type === "attributes") convertAttributes(/** @type {Element} */ (target));
    else if (type === "characterData") holders.add(holderOf(target));
    for (const node of addedNodes) {
      holders.add(holderOf(node));
      if (!(node instanceof Element)) continue;
      for (const element of [node, ...node.querySelectorAll("*")]) {
        holders.add(holderOf(element));
        convertAttributes(element);
      }
    }
  }
  for (const holder of holders) if (holder) convertTexts(holder);
  observer.takeRecords(); // our own changes
}

const observer = new MutationObserver(follow);
observer.observe(document.documentElement, {
  subtree: true,
  childList: true,
  characterData: true,
  attributeFilter: READ,
});
