/** The page of the passport: a word is checked here, and the stamp stays in this browser. */

import { inWords } from "../china_time.js";
import { drawingsOf } from "../print/qr_code.js";
import { add, clear, exported, kept, stamps, take } from "./stamp_store.js";
import { bareWord, opens, partsOf } from "./word_hash.js";

const FILE = "科普护照.json";
const LARGEST_FILE = 1_000_000;

/** @param {string} name @returns {HTMLElement} */
const part = (name) => document.querySelector(`[data-${name}]`);
const bases = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-stamp]")]);
const idOf = (/** @type {HTMLElement} */ base) => partsOf(base.dataset.stamp).identifier;

function show() {
  const found = stamps();
  for (const base of bases) {
    const day = found[idOf(base)];
    base.classList.toggle("stamped", Boolean(day));
    base.querySelector("[data-day]").textContent = day ? `已盖章：${inWords(day)}` : "";
    const form = base.querySelector("form");
    if (form) form.hidden = Boolean(day);
  }
  const places = new Set(bases.map(idOf));
  const here = [...places].filter((id) => found[id]).length;
  const others = Object.keys(found).length - here;
  part("count").textContent =
    `共 ${places.size} 处，已经盖了 ${here} 个章。` + (others ? `另有 ${others} 个章的基地现在不在名单上，也留着。` : "");
  part("refused").hidden = kept.works;
  part("broken").hidden = !kept.wasBroken;
}

/** @param {HTMLElement} base */
function startForm(base) {
  const form = base.querySelector("form");
  if (!form) return;
  const [input, answer] = [form.querySelector("input"), /** @type {HTMLElement} */ (base.querySelector("[role=status]"))];
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!bareWord(input.value)) return say(answer, "请先输入墙上的词。", input);
    answer.textContent = "正在核对……";
    if (!(await opens(base.dataset.stamp, input.value))) return say(answer, "不是这个词。请照墙上写的再输一次；空格、标点、大小写不计较。", input);
    add(idOf(base));
    input.value = "";
    show();
    say(answer, kept.works ? "盖好了，已存在这个浏览器里。" : "盖好了，但这个浏览器不让保存：关掉这一页就没有了，请先导出。", base.querySelector("a"));
  });
}

/** @param {HTMLElement} place @param {string} words @param {HTMLElement} next what has the focus then */
function say(place, words, next) {
  place.textContent = words;
  next.focus();
}

function save() {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([exported()], { type: "application/json" }));
  link.download = FILE;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  part("moved").textContent = `已导出“${FILE}”，里面只有基地的 id 和盖章的日子。换了手机或浏览器，在那里导入它。`;
}

/** @param {File} file */
async function load(file) {
  const text = file.size > LARGEST_FILE ? "" : await file.text().catch(() => "");
  const taken = take(text);
  show();
  part("moved").textContent = taken
    ? `文件里有 ${taken.found} 个章，新添了 ${taken.added} 个。${kept.works ? "" : "这个浏览器不让保存，关掉这一页就没有了。"}`
    : `这个文件不是护照，或者坏了，什么也没有改。请选从这一页导出的“${FILE}”。`;
}

function drawCodes() {
  for (const place of /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-code]")])) {
    const address = new URL(place.dataset.code, document.documentElement.dataset.address ?? location.href).href;
    place.replaceChildren(...drawingsOf(address, "网址的二维码"));
    place.nextElementSibling.textContent = decodeURI(address).replace(/^https?:\/\//, "");
  }
}

bases.forEach(startForm);
part("save").addEventListener("click", save);
part("load").addEventListener("change", async (event) => {
  const input = /** @type {HTMLInputElement} */ (event.target);
  if (input.files.length) await load(input.files[0]);
  input.value = ""; // so that the same file can be chosen again
});
part("clear").addEventListener("click", () => {
  if (!confirm(part("clear").dataset.confirm)) return;
  clear();
  show();
  part("moved").textContent = "已全部清除。";
});
part("print").addEventListener("click", () => print());
addEventListener("storage", show);
show();
drawCodes();
