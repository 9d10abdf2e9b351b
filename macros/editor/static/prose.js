/** Buttons for the few signs of Markdown that prose may hold, so that nobody has to know them. */

import { connect } from "./references.js";

/**
 * What a button does with what is marked: signs around it, or at the beginning of its lines.
 * @type {{title: string, around?: [string, string], line?: string, sample: string}[]}
 */
const TOOLS = [
  { title: "小标题", line: "## ", sample: "小标题" },
  { title: "加粗", around: ["**", "**"], sample: "文字" },
  { title: "列表", line: "- ", sample: "一项" },
  { title: "编号", line: "1. ", sample: "第一步" },
  { title: "链接", around: ["[", "](https://)"], sample: "文字" },
];

/**
 * Put the buttons above each prose.
 * @param {HTMLElement} part
 */
export function prepareProse(part) {
  for (const field of part.querySelectorAll('[data-widget="prose"]')) {
    const text = field.querySelector("textarea");
    if (!text || field.querySelector(".form-tools")) continue;
    const bar = document.createElement("p");
    bar.className = "form-buttons form-tools";
    bar.dataset.made = "";
    bar.append(...TOOLS.map((tool) => toolButton(tool, text)), recordButton(text, bar));
    text.before(bar);
  }
}

/**
 * @param {typeof TOOLS[0]} tool
 * @param {HTMLTextAreaElement} text
 */
function toolButton(tool, text) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "form-small";
  button.textContent = tool.title;
  button.addEventListener("click", () => (tool.around ? around(text, tool.around, tool.sample) : lines(text, tool)));
  return button;
}

/**
 * Return the button that puts in a link to a record, which is searched by its name.
 * @param {HTMLTextAreaElement} text
 * @param {HTMLElement} bar
 */
function recordButton(text, bar) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "form-small";
  button.textContent = "链接到本站的记录";
  button.addEventListener("click", () => {
    const open = bar.nextElementSibling?.matches(".form-link") ? bar.nextElementSibling : null;
    if (open) {
      open.remove();
      return;
    }
    const field = document.createElement("div");
    const input = document.createElement("input");
    field.className = "form-link";
    field.dataset.made = "";
    input.setAttribute("aria-label", "链接到哪一条记录");
    field.append(input);
    bar.after(field);
    connect(input, field);
    // Typing writes what is typed; only a choice has a name.
    input.addEventListener("input", (event) => {
      event.stopPropagation();
      const name = field.querySelector("[data-named]")?.textContent;
      if (!name) return;
      const { selectionStart: start, selectionEnd: end } = text;
      const marked = text.value.slice(start, end) || name;
      field.remove();
      insert(text, start, end, `[${marked}](id:${input.value})`);
    });
    field.querySelector("input")?.focus();
  });
  return button;
}

/**
 * Put signs around what is marked.
 * @param {HTMLTextAreaElement} text
 * @param {[string, string]} signs
 * @param {string} sample
 */
function around(text, [before, after], sample) {
  const { selectionStart: start, selectionEnd: end } = text;
  const marked = text.value.slice(start, end) || sample;
  insert(text, start, end, before + marked + after);
  text.setSelectionRange(start + before.length, start + before.length + marked.length);
}

/**
 * Put a sign before each marked line, with an empty line before the first where a paragraph stands.
 * @param {HTMLTextAreaElement} text
 * @param {{line?: string, sample: string}} tool
 */
function lines(text, { line = "", sample }) {
  const start = text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
  const next = text.value.indexOf("\n", text.selectionEnd);
  const end = next < 0 ? text.value.length : next;
  const marked = text.value.slice(start, end) || sample;
  const before = text.value.slice(0, start);
  const gap = before.trim() && !before.endsWith("\n\n") && !before.split("\n").at(-2)?.startsWith(line) ? "\n" : "";
  const made = marked.split("\n").map((one) => (one.startsWith(line) ? one : line + one)).join("\n");
  insert(text, start, end, gap + made);
}

/**
 * Type a text in place of another, so that the browser can take it back.
 * @param {HTMLTextAreaElement} text
 * @param {number} start
 * @param {number} end
 * @param {string} made
 */
function insert(text, start, end, made) {
  text.focus();
  text.setSelectionRange(start, end);
  if (!document.execCommand("insertText", false, made)) {
    text.setRangeText(made, start, end, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
