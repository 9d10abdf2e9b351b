/**
 * Shows items that give times of days of the week as a table from Monday to Sunday, and makes items of what is typed there:
 * days with the same times share one. Items that say more (a season, one part of the place) stay as they are, below.
 */

import { addItem, renumber, retitle } from "./items.js";
import { mendTime } from "./times.js";

/** @typedef {{from: string, to: string}} Span */
/** @typedef {{boxes: HTMLInputElement[], from: HTMLInputElement, to: HTMLInputElement}} Controls */

/**
 * Put the table above each list whose items say times of days of the week.
 * @param {HTMLElement} part
 */
export function prepareWeeks(part) {
  const lists = [...(part.matches("[data-week]") ? [part] : []), ...part.querySelectorAll("[data-week]")];
  for (const list of lists) {
    if (list instanceof HTMLElement && !list.querySelector(":scope > .form-week")) new Week(list).show();
  }
}

/** The table of one list. */
class Week {
  /** @param {HTMLElement} list */
  constructor(list) {
    this.list = list;
    this.items = /** @type {HTMLElement} */ (list.querySelector(":scope > [data-items]"));
    this.blank = /** @type {HTMLTemplateElement} */ (list.querySelector(":scope > template[data-blank]"));
    this.days = [...this.blank.content.querySelectorAll('[data-vocabulary="days"] input[type=checkbox]')].map((box) => ({
      value: /** @type {HTMLInputElement} */ (box).value,
      label: box.parentElement?.textContent?.trim() ?? "",
    }));
    this.table = document.createElement("div");
    this.table.className = "form-week";
    this.table.dataset.made = "";
    this.table.setAttribute("role", "group");
    this.table.setAttribute("aria-label", "一周的时间");
    this.items.before(this.table);
    list.addEventListener("input", (event) => {
      if (event.target instanceof Node && !this.table.contains(event.target)) this.show();
    });
    list.addEventListener("kepu:arranged", () => this.show());
  }

  /** The items that say nothing but days and times, with their controls. */
  plain() {
    /** @type {{item: HTMLElement, controls: Controls}[]} */
    const found = [];
    for (const item of this.items.children) {
      const controls = item instanceof HTMLElement ? controlsOf(item) : null;
      if (item instanceof HTMLElement && controls && isPlain(item, controls)) found.push({ item, controls });
    }
    return found;
  }

  /** Draw the table anew from the items. */
  show() {
    const week = this.days.map(() => /** @type {Span[]} */ ([]));
    for (const { controls } of this.plain()) {
      for (const box of controls.boxes.filter((one) => one.checked)) {
        const day = this.days.findIndex((one) => one.label === box.parentElement?.textContent?.trim());
        if (day >= 0) week[day].push({ from: controls.from.value, to: controls.to.value });
      }
    }
    this.draw(week);
  }

  /** @param {Span[][]} week */
  draw(week) {
    this.table.replaceChildren(...this.days.map((day, position) => this.row(day.label, week[position])));
  }

  /**
   * @param {string} label
   * @param {Span[]} spans
   */
  row(label, spans) {
    const row = document.createElement("div");
    row.className = "form-day";
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", label);
    const open = document.createElement("input");
    open.type = "checkbox";
    open.checked = spans.length > 0;
    const name = document.createElement("label");
    name.className = "form-check";
    name.append(open, ` ${label}`);
    const times = document.createElement("span");
    times.className = "form-spans";
    times.append(...spans.map((span) => this.span(label, span)));
    row.append(name, times);
    const tools = document.createElement("span");
    tools.className = "form-buttons";
    tools.hidden = !open.checked;
    tools.append(
      toolButton("＋一段", `${label}再加一段`, () => {
        times.append(this.span(label, { from: "", to: "" }));
        times.lastElementChild?.querySelector("input")?.focus();
      }),
      toolButton("复制到其他天", `把${label}的时间复制到其他天`, () => this.copy(row)),
    );
    row.append(tools);
    open.addEventListener("input", () => {
      if (open.checked) times.append(this.span(label, this.usual()));
      else times.replaceChildren();
      tools.hidden = !open.checked;
      this.write();
    });
    return row;
  }

  /**
   * @param {string} label
   * @param {Span} span
   */
  span(label, { from, to }) {
    const span = document.createElement("span");
    span.className = "form-span";
    const inputs = [["开始", from], ["结束", to]].map(([what, value]) => {
      const input = document.createElement("input");
      input.type = "text";
      input.inputMode = "numeric";
      input.size = 5;
      input.value = value;
      input.placeholder = what === "开始" ? "9:00" : "17:00";
      input.setAttribute("aria-label", `${label}${what}`);
      input.addEventListener("change", () => {
        input.value = mendTime(input.value);
        this.write();
      });
      input.addEventListener("input", () => this.write());
      return input;
    });
    const remove = toolButton("✕", `删去${label}的这一段`, () => {
      const times = span.parentElement;
      span.remove();
      if (times && !times.children.length) {
        const box = times.parentElement?.querySelector("input[type=checkbox]");
        if (box instanceof HTMLInputElement) box.checked = false;
      }
      this.write();
    });
    span.append(inputs[0], "—", inputs[1], remove);
    return span;
  }

  /** The times of the first day that has any: most days are alike. */
  usual() {
    const first = this.read().find((spans) => spans.length);
    return first ? { ...first[0] } : { from: "", to: "" };
  }

  /**
   * Give the times of a day to all days that are open, or to all where it is the only one.
   * @param {HTMLElement} row
   */
  copy(row) {
    const week = this.read();
    const spans = week[[...this.table.children].indexOf(row)];
    const isAlone = week.filter((one) => one.length).length === 1;
    const next = week.map((one) => (one.length || isAlone ? spans.map((span) => ({ ...span })) : []));
    this.draw(next);
    this.write();
    const again = this.table.children[0]?.querySelector("input");
    if (again instanceof HTMLElement) again.focus();
  }

  /** What the table says. */
  read() {
    return [...this.table.children].map((row) => {
      const box = row.querySelector("input[type=checkbox]");
      if (!(box instanceof HTMLInputElement) || !box.checked) return [];
      return [...row.querySelectorAll(".form-span")].map((span) => {
        const [from, to] = [...span.querySelectorAll("input")].map((input) => input.value.trim());
        return { from, to };
      });
    });
  }

  /** Make the items say what the table says, with as little change as there can be. */
  write() {
    /** @type {Map<string, {span: Span, days: Set<string>}>} */
    const wanted = new Map();
    this.read().forEach((spans, day) => {
      for (const span of spans) {
        const key = `${span.from}|${span.to}`;
        const entry = wanted.get(key) ?? { span, days: new Set() };
        entry.days.add(this.days[day].label);
        wanted.set(key, entry);
      }
    });
    const free = [];
    for (const one of this.plain()) {
      const entry = wanted.get(`${one.controls.from.value.trim()}|${one.controls.to.value.trim()}`);
      if (!entry) {
        free.push(one);
        continue;
      }
      wanted.delete(`${entry.span.from}|${entry.span.to}`);
      fill(one.item, one.controls, entry.span, entry.days);
    }
    for (const { span, days } of wanted.values()) {
      const old = free.shift();
      const item = old?.item ?? addItem(this.list, () => {});
      if (!old) for (const details of item.querySelectorAll(":scope > details")) /** @type {HTMLDetailsElement} */ (details).open = false;
      const controls = controlsOf(item);
      if (controls) fill(item, controls, span, days);
    }
    for (const { item } of free) item.remove();
    renumber(this.items);
    this.list.dispatchEvent(new CustomEvent("kepu:touched", { bubbles: true }));
  }
}

/**
 * @param {HTMLElement} item
 * @returns {Controls | null}
 */
function controlsOf(item) {
  const boxes = item.querySelectorAll('[data-vocabulary="days"] input[type=checkbox]');
  const times = item.querySelectorAll('[data-form="TIME"] input[name]');
  if (!boxes.length || times.length < 2) return null;
  const [from, to] = /** @type {HTMLInputElement[]} */ ([...times]);
  return { boxes: /** @type {HTMLInputElement[]} */ ([...boxes]), from, to };
}

/**
 * Tell whether an item says nothing but days and times.
 * @param {HTMLElement} item
 * @param {Controls} controls
 */
function isPlain(item, { boxes, from, to }) {
  /** @type {Element[]} */
  const own = [...boxes, from, to];
  const others = [...item.querySelectorAll("input[name]:not([type=hidden]), select[name], textarea[name]")];
  const says = (/** @type {Element} */ one) =>
    one instanceof HTMLInputElement && one.type === "checkbox" ? one.checked : "value" in one && Boolean(one.value);
  return boxes.some((box) => box.checked) && !others.some((one) => !own.includes(one) && says(one));
}

/**
 * @param {HTMLElement} item
 * @param {Controls} controls
 * @param {Span} span
 * @param {Set<string>} days
 */
function fill(item, { boxes, from, to }, span, days) {
  for (const box of boxes) box.checked = days.has(box.parentElement?.textContent?.trim() ?? "");
  if (from.value.trim() !== span.from) from.value = span.from;
  if (to.value.trim() !== span.to) to.value = span.to;
  retitle(boxes[0]);
}

/**
 * @param {string} text
 * @param {string} label
 * @param {() => void} does
 */
function toolButton(text, label, does) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "form-small";
  button.textContent = text;
  button.setAttribute("aria-label", label);
  button.addEventListener("click", does);
  return button;
}
