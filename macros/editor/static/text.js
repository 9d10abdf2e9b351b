/**
 * The text of a file that can't be read: a fault's link puts the cursor where the fault is.
 */

import "./keys.js";

const text = /** @type {HTMLTextAreaElement | null} */ (document.querySelector("#text"));

/**
 * Return where a character stands in a text.
 * @param {string} whole the text
 * @param {number} line its line, from 1
 * @param {number} column its place in the line in characters, from 1
 * @returns {[number, number]} where it begins, and where its line ends
 */
function placeOf(whole, line, column) {
  const lines = whole.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  const own = lines[line - 1] ?? "";
  return [start + [...own].slice(0, column - 1).join("").length, start + own.length];
}

/** @param {HTMLTextAreaElement} area @param {number} line */
function scrollTo(area, line) {
  const height = Number.parseFloat(getComputedStyle(area).lineHeight) || 24;
  area.scrollTop = Math.max(0, (line - 4) * height);
}

for (const link of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-line]"))) {
  link.addEventListener("click", (event) => {
    if (!text) return;
    event.preventDefault();
    const line = Number(link.dataset.line);
    text.focus();
    text.setSelectionRange(...placeOf(text.value, line, Number(link.dataset.column)));
    scrollTo(text, line);
    text.scrollIntoView({ block: "nearest" });
  });
}
