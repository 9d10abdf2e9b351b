/**
 * Puts files where a field wants the name of one: chosen, dropped or pasted. The server looks at what each holds, makes
 * photos smaller and gives the name; what it has to say stands at the field.
 */

import { addItem, retitle } from "./items.js";

/** @typedef {(part: HTMLElement) => void} Prepare */

/**
 * Give each field for a file a button, and take what is dropped on it.
 * @param {HTMLElement} part
 * @param {Prepare} prepare
 */
export function prepareFiles(part, prepare) {
  for (const field of part.querySelectorAll('[data-form="FILE_NAME"]')) {
    if (field instanceof HTMLElement && !field.querySelector(".form-file")) prepareField(field);
  }
  const lists = [...(part.matches("[data-list]") ? [part] : []), ...part.querySelectorAll("[data-list]")];
  for (const list of lists) {
    if (list instanceof HTMLElement && takesFiles(list) && !list.querySelector(":scope > .form-file")) prepareList(list, prepare);
  }
}

/** @param {HTMLElement} list */
function takesFiles(list) {
  const blank = /** @type {HTMLTemplateElement | null} */ (list.querySelector(":scope > template[data-blank]"));
  const field = blank?.content.querySelector('[data-form="FILE_NAME"]');
  return Boolean(field) && !field?.parentElement?.closest("[data-list]");
}

/** @param {HTMLElement} field */
function prepareField(field) {
  const take = (/** @type {File[]} */ files) => {
    const input = field.querySelector("input[type=text][name]");
    if (files.length && input instanceof HTMLInputElement) void send(files[0], input, field);
  };
  const input = field.querySelector("input[type=text][name]");
  input?.after(chooser("选文件", false, take));
  takeDrops(field, take);
}

/**
 * @param {HTMLElement} list
 * @param {Prepare} prepare
 */
function prepareList(list, prepare) {
  const take = async (/** @type {File[]} */ files) => {
    for (const file of files) {
      const item = addItem(list, prepare);
      const field = item.querySelector('[data-form="FILE_NAME"]');
      const input = field?.querySelector("input[type=text][name]");
      if (field instanceof HTMLElement && input instanceof HTMLInputElement) await send(file, input, field);
      if (files.length === 1) nextEmpty(item)?.focus();
    }
  };
  list.querySelector(":scope > .form-buttons")?.before(chooser("选文件，或把文件拖到这里", true, take));
  takeDrops(list, take);
}

/**
 * Return what is to be filled in next beside a file, such as what a picture shows.
 * @param {HTMLElement} item
 * @returns {HTMLInputElement | undefined}
 */
function nextEmpty(item) {
  const inputs = /** @type {HTMLInputElement[]} */ ([...item.querySelectorAll("input[type=text][name]")]);
  return inputs.find((input) => !input.value && input.offsetParent);
}

/**
 * @param {string} text
 * @param {boolean} several
 * @param {(files: File[]) => void} take
 */
function chooser(text, several, take) {
  const label = document.createElement("label");
  const input = document.createElement("input");
  label.className = "form-file";
  label.dataset.made = "";
  input.type = "file";
  input.multiple = several;
  input.className = "unseen";
  input.addEventListener("input", (event) => event.stopPropagation());
  input.addEventListener("change", (event) => {
    event.stopPropagation();
    take([...(input.files ?? [])]);
    input.value = "";
  });
  label.append(input, text);
  return label;
}

/**
 * @param {HTMLElement} place
 * @param {(files: File[]) => void} take
 */
function takeDrops(place, take) {
  place.addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.stopPropagation();
    place.toggleAttribute("data-over", true);
  });
  place.addEventListener("dragleave", () => place.removeAttribute("data-over"));
  place.addEventListener("drop", (event) => {
    place.removeAttribute("data-over");
    const files = [...(event.dataTransfer?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    event.stopPropagation();
    take(files);
  });
  place.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files ?? [])];
    if (!files.length) return;
    event.preventDefault();
    event.stopPropagation();
    take(files);
  });
}

/**
 * Send a file, and write the name that it got into its field.
 * @param {File} file
 * @param {HTMLInputElement} input
 * @param {HTMLElement} field
 */
async function send(file, input, field) {
  const name = await upload(file, input.form, field);
  if (!name) return;
  input.value = name;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  retitle(input);
}

/**
 * Send a file, and return the name that it got; empty if it was refused, which is told at its field.
 * @param {File} file
 * @param {HTMLFormElement | null} form
 * @param {HTMLElement} field
 * @returns {Promise<string>}
 */
async function upload(file, form, field) {
  const token = form?.elements.namedItem("_token");
  if (!form || !(token instanceof HTMLInputElement)) return "";
  say(field, "正在放进来……");
  const address = new URL(`files?${new URLSearchParams({ name: file.name })}`, new URL(form.getAttribute("action") ?? "", location.href));
  try {
    const answer = await fetch(address, { method: "POST", body: file, headers: { "X-Kepu-Token": token.value } });
    const text = await answer.text();
    if (!answer.ok) {
      say(field, answer.headers.get("content-type")?.includes("json") ? JSON.parse(text).message : text);
      return "";
    }
    const { name, notes } = JSON.parse(text);
    say(field, ["已经放好", ...notes].join("；"));
    return name;
  } catch {
    say(field, "没有放成；请看编辑器的窗口还在不在，再放一次");
    return "";
  }
}

/** The check refuses it where it was left (macros/text/half_markup.py). */
const TO_WRITE = "请写这是什么";
const PICTURE = /\.(jpe?g|png|webp|gif|svg)$/i;

/**
 * Take pictures that are dropped on a prose, and put them in where the cursor is.
 * @param {ParentNode} part
 */
export function prepareProsePictures(part) {
  for (const field of part.querySelectorAll('[data-widget="prose"]')) {
    const text = field.querySelector("textarea");
    if (!(field instanceof HTMLElement) || !text || "pictured" in field.dataset) continue;
    field.dataset.pictured = "";
    takeDrops(field, (files) => void addPictures(files, field, text));
  }
}

/**
 * @param {File[]} files
 * @param {HTMLElement} field
 * @param {HTMLTextAreaElement} text
 */
async function addPictures(files, field, text) {
  for (const file of files) {
    const name = await upload(file, text.form, field);
    if (!name) continue;
    const folder = "pictures" in field.dataset ? folderOf(text.form) : "";
    const address = `${folder}${name}`.replaceAll(" ", "%20").replaceAll("(", "%28").replaceAll(")", "%29");
    const start = text.selectionStart + (PICTURE.test(name) ? 2 : 1);
    text.setRangeText(`${PICTURE.test(name) ? "!" : ""}[${TO_WRITE}](${address})`, text.selectionStart, text.selectionEnd, "end");
    text.dispatchEvent(new Event("input", { bubbles: true }));
    if (files.length > 1) continue;
    text.focus();
    text.setSelectionRange(start, start + TO_WRITE.length);
  }
}

/**
 * Return where the files of a page lie, seen from the page.
 * @param {HTMLFormElement | null} form
 */
function folderOf(form) {
  const found = /records\/([^/]+)\/([^/]+)\/$/.exec(form?.getAttribute("action") ?? "");
  return found ? `../files/${found[1]}/${found[2]}/` : "";
}

/**
 * @param {HTMLElement} field
 * @param {string} text
 */
function say(field, text) {
  let place = field.querySelector(":scope > .form-said");
  if (!(place instanceof HTMLElement)) {
    place = document.createElement("p");
    place.className = "form-said form-help";
    place.setAttribute("role", "status");
    /** @type {HTMLElement} */ (place).dataset.made = "";
    field.append(place);
  }
  place.textContent = text;
}
