/**
 * The items of lists: groups of fields, and single values. Whatever the script changes, the names stay what the server
 * would have given them: items are numbered as they stand.
 */

import { nameBehind } from "./references.js";

/** @typedef {(part: HTMLElement) => void} Prepare */

/**
 * Do what a button says that stands in a form.
 * @param {HTMLButtonElement} button
 * @param {Prepare} prepare
 */
export function act(button, prepare) {
  const does = button.dataset.act;
  if (does === "add") {
    const list = button.closest("[data-list]");
    if (!(list instanceof HTMLElement)) return;
    focusFirst(addItem(list, prepare));
    list.dispatchEvent(new CustomEvent("kepu:arranged", { bubbles: true }));
    return;
  }
  if (does === "same") {
    const list = button.closest("[data-list]");
    if (list instanceof HTMLElement) takeOver(list, prepare);
    return;
  }
  const item = button.closest("li");
  const holder = item?.parentElement;
  if (!item || !holder) return;
  const before = item.previousElementSibling;
  if (does === "remove") {
    const near = item.nextElementSibling ?? before;
    item.remove();
    const next = near?.querySelector("summary, input:not([type=hidden])") ?? holder.parentElement;
    if (next instanceof HTMLElement) next.focus();
  } else if (does === "up" && before) {
    holder.insertBefore(item, before);
    button.focus();
  }
  renumber(holder);
  holder.dispatchEvent(new CustomEvent("kepu:arranged", { bubbles: true }));
}

/**
 * Add an empty item to a list of groups, and return it.
 * @param {HTMLElement} list
 * @param {Prepare} prepare
 * @returns {HTMLElement}
 */
export function addItem(list, prepare) {
  const blank = /** @type {HTMLTemplateElement} */ (list.querySelector(":scope > template[data-blank]"));
  const items = /** @type {HTMLElement} */ (list.querySelector(":scope > [data-items]"));
  const holder = document.createElement("template");
  holder.innerHTML = blank.innerHTML.replaceAll(blank.dataset.slot ?? "", String(items.children.length));
  const item = /** @type {HTMLElement} */ (holder.content.firstElementChild);
  items.append(item);
  for (const outer of item.querySelectorAll(":scope > details")) /** @type {HTMLDetailsElement} */ (outer).open = true;
  renumber(items);
  prepare(item);
  return item;
}

/** @param {HTMLElement} item */
function focusFirst(item) {
  const first = item.querySelector("input:not([type=hidden]):not([hidden]), select, textarea");
  if (first instanceof HTMLElement) first.focus();
}

/**
 * Give the items of a list the names of the places where they stand.
 * @param {Element} holder
 */
export function renumber(holder) {
  const list = holder.closest("[data-list]");
  if (!(list instanceof HTMLElement) || !holder.matches("[data-items]")) return;
  const name = list.dataset.list ?? "";
  [...holder.children].forEach((item, position) => {
    if (!(item instanceof HTMLElement)) return;
    const old = item.dataset.item ?? "";
    const now = `${name}.${position}`;
    const number = item.querySelector(":scope > details > summary > .form-number");
    if (number) number.textContent = String(position + 1);
    if (old !== now) rename(item, old, now);
  });
}

const NAMED = ["name", "id", "for", "aria-describedby", "data-path", "data-list", "data-item", "data-own-id", "list"];
const LED = /^([-+^]|field-|fault-|help-|list-)?/;

/**
 * Put one name in place of another in all that an item holds.
 * @param {Element | DocumentFragment} part
 * @param {string} old
 * @param {string} now
 */
function rename(part, old, now) {
  const all = [...(part instanceof Element ? [part] : []), ...part.querySelectorAll("*")];
  for (const element of all) {
    for (const attribute of NAMED) {
      const text = element.getAttribute(attribute);
      if (text) element.setAttribute(attribute, text.split(" ").map((one) => renamed(one, old, now)).join(" "));
    }
    if (element instanceof HTMLTemplateElement) rename(element.content, old, now);
  }
}

/**
 * @param {string} text
 * @param {string} old
 * @param {string} now
 */
function renamed(text, old, now) {
  const lead = LED.exec(text)?.[0] ?? "";
  const name = text.slice(lead.length);
  return name === old || name.startsWith(`${old}.`) || name.startsWith(`${old}-`) ? lead + now + name.slice(old.length) : text;
}

/**
 * Offer, where an earlier list has groups of the same form, to take them over: sources mostly are those of the item above.
 * @param {HTMLElement} part
 */
export function prepareLists(part) {
  for (const list of part.querySelectorAll("[data-list]")) {
    const buttons = list.querySelector(":scope > .form-buttons");
    if (!(list instanceof HTMLElement) || !buttons || buttons.querySelector("[data-act=same]")) continue;
    const alike = document.querySelectorAll(`[data-list][data-group="${list.dataset.group}"]`);
    if (!list.closest("[data-item]") && alike.length < 2) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.act = "same";
    button.dataset.made = "";
    button.className = "form-small";
    button.textContent = `用上一条的${list.querySelector("legend")?.firstChild?.textContent?.trim() ?? ""}`;
    buttons.append(button);
  }
}

/**
 * Add to a list what the nearest list before it of the same form holds.
 * @param {HTMLElement} list
 * @param {Prepare} prepare
 */
function takeOver(list, prepare) {
  const alike = [...document.querySelectorAll(`[data-list][data-group="${list.dataset.group}"]`)];
  const before = alike.slice(0, alike.indexOf(list)).reverse();
  const from = before.find((one) => one.querySelector(":scope > [data-items] > li"));
  if (!(from instanceof HTMLElement)) {
    say(list, "上面还没有可以用的");
    return;
  }
  for (const item of from.querySelectorAll(":scope > [data-items] > li")) {
    if (item instanceof HTMLElement) copyValues(item, addItem(list, prepare));
  }
}

/**
 * @param {HTMLElement} from
 * @param {HTMLElement} to
 */
function copyValues(from, to) {
  const old = from.dataset.item ?? "";
  const now = to.dataset.item ?? "";
  for (const control of from.querySelectorAll("input[name]:not([type=hidden]), select[name], textarea[name]")) {
    const name = now + (control.getAttribute("name") ?? "").slice(old.length);
    const alike = [...to.querySelectorAll("[name]")].filter((one) => one.getAttribute("name") === name);
    if (control instanceof HTMLInputElement && control.type === "checkbox") {
      const box = alike.find((one) => one instanceof HTMLInputElement && one.value === control.value);
      if (box instanceof HTMLInputElement) box.checked = control.checked;
      continue;
    }
    const target = alike.find((one) => !one.matches("[type=hidden]"));
    if (target && "value" in target && "value" in control) target.value = control.value;
    if (target instanceof HTMLInputElement && control instanceof HTMLInputElement && "ownId" in control.dataset) {
      nameBehind(target).textContent = nameBehind(control).textContent;
    }
    target?.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

/**
 * Tell something beside a list, to eyes and to screen readers.
 * @param {HTMLElement} list
 * @param {string} text
 */
function say(list, text) {
  let place = list.querySelector(":scope > .form-said");
  if (!place) {
    place = document.createElement("p");
    place.className = "form-said form-help";
    place.setAttribute("role", "status");
    place.setAttribute("data-made", "");
    list.append(place);
  }
  place.textContent = text;
}

/**
 * Keep one empty input at the end of a list of values.
 * @param {HTMLElement} target
 */
export function spareValue(target) {
  const values = target.closest("[data-values]");
  const last = values?.lastElementChild;
  const input = last?.querySelector("[name]");
  if (!values || !last || !input || !("value" in input) || !input.value) return;
  const next = /** @type {HTMLElement} */ (last.cloneNode(true));
  for (const made of next.querySelectorAll("[data-made], .form-named")) made.remove();
  const control = /** @type {HTMLInputElement} */ (next.querySelector("[name]"));
  control.value = "";
  control.removeAttribute("value");
  control.hidden = false;
  control.id = `${(control.dataset.ownId ?? control.id).replace(/-\d+$|-new$/, "")}-${values.children.length}`;
  delete control.dataset.ownId;
  values.append(next);
  values.dispatchEvent(new CustomEvent("kepu:added", { bubbles: true }));
}

/**
 * Give each line of a pasted text an input of its own.
 * @param {ClipboardEvent} event
 */
export function splitLines(event) {
  const target = event.target;
  const values = target instanceof HTMLInputElement ? target.closest("[data-values]") : null;
  const lines = (event.clipboardData?.getData("text") ?? "").split(/\r?\n/).map((line) => line.trim()).filter(Boolean);
  if (!(target instanceof HTMLInputElement) || !values || lines.length < 2 || !target.name) return;
  event.preventDefault();
  let input = target;
  for (const line of lines) {
    input.value = input === target ? input.value + line : line;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    const next = values.lastElementChild?.querySelector("input[name]");
    if (next instanceof HTMLInputElement) input = next;
  }
  input.focus();
}

/**
 * Let the heading of an item say what its first fields say.
 * @param {HTMLElement} target
 */
export function retitle(target) {
  for (let item = target.closest("li[data-item]"); item; item = item.parentElement?.closest("li[data-item]") ?? null) {
    const heading = item.querySelector(":scope > details > summary > [data-heading]");
    if (heading) heading.textContent = headingOf(item) || "（新的一项）";
  }
}

/** @param {Element} item */
export function headingOf(item) {
  const texts = [];
  for (const field of item.querySelectorAll(":scope > details > .form-field, :scope > details > .form-further > .form-field")) {
    const text = field.matches(".form-groups, .form-group") ? "" : wordsOf(field);
    if (text) texts.push(text);
  }
  return texts.slice(0, 3).join(" · ");
}

/** @param {Element} field */
function wordsOf(field) {
  const named = field.querySelector("[data-named]")?.textContent;
  const ticked = [...field.querySelectorAll("input:checked")].map((box) => box.parentElement?.textContent?.trim());
  const select = field.querySelector("select");
  const chosen = select?.value ? select.selectedOptions[0].textContent : "";
  const text = field.querySelector("input[type=text][name], textarea[name]");
  const written = text && "value" in text ? String(text.value) : "";
  return (named || ticked.join("、") || chosen || written).slice(0, 60);
}
