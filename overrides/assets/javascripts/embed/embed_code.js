/** Put together the code that another site shows a list with. */

const form = /** @type {HTMLElement} */ (document.querySelector(".embed-form"));
const code = /** @type {HTMLTextAreaElement} */ (document.getElementById("embed-code"));
const list = /** @type {HTMLSelectElement} */ (document.getElementById("embed-list"));
const limit = /** @type {HTMLInputElement} */ (document.getElementById("embed-limit"));
const height = /** @type {HTMLInputElement} */ (document.getElementById("embed-height"));

function write() {
  const frame = document.createElement("iframe");
  frame.setAttribute("src", list.value + (Number(limit.value) > 0 ? `?limit=${Number(limit.value)}` : ""));
  frame.setAttribute("title", `${code.dataset.name}：${list.selectedOptions[0].text}`);
  frame.setAttribute("width", "100%");
  frame.setAttribute("height", String(Number(height.value) || 480));
  frame.setAttribute("loading", "lazy");
  code.value = frame.outerHTML;
}

form.hidden = false;
form.addEventListener("input", write);
code.addEventListener("focus", () => code.select());
