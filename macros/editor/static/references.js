/**
 * Lets people name a record by its name: the input that holds the id is hidden, and one that searches stands in its place.
 * What is typed and not chosen is sent as it is, and the check tells which records are near.
 */

const PAUSE = 120;
let count = 0;

/** @typedef {{id: string, label: string, kind: string}} Found */

/**
 * Put a search in place of each input for an id.
 * @param {HTMLElement} part
 */
export function prepareReferences(part) {
  for (const field of part.querySelectorAll('[data-widget="reference"]')) {
    prepareField(field);
    field.addEventListener("kepu:added", () => prepareField(field));
  }
}

/** @param {Element} field */
function prepareField(field) {
  for (const input of field.querySelectorAll("input[name]:not([type=hidden])")) {
    if (input instanceof HTMLInputElement && !("ownId" in input.dataset)) connect(input, field);
  }
}

/**
 * Put a search in place of one input.
 * @param {HTMLInputElement} input
 * @param {Element} field
 */
export function connect(input, field) {
  const kinds = field instanceof HTMLElement ? field.dataset.kinds ?? "" : "";
  const named = nameBehind(input);
  const box = document.createElement("span");
  const search = document.createElement("input");
  const list = document.createElement("ul");
  count += 1;
  box.className = "form-search";
  box.dataset.made = "";
  search.type = "text";
  search.autocomplete = "off";
  // The visible input takes the place of the other in labels, links and messages.
  search.id = input.id;
  input.dataset.ownId = input.id;
  input.removeAttribute("id");
  search.value = named?.textContent || input.value;
  search.placeholder = "输入名称来找";
  list.id = `found-${count}`;
  list.className = "form-found";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  for (const [name, value] of Object.entries({ role: "combobox", "aria-expanded": "false", "aria-autocomplete": "list", "aria-controls": list.id })) {
    search.setAttribute(name, value);
  }
  for (const name of ["aria-describedby", "aria-label", "aria-invalid", "aria-required"]) {
    const value = input.getAttribute(name);
    if (value) search.setAttribute(name, value);
  }
  box.append(search, list);
  input.before(box);
  input.hidden = true;
  input.addEventListener("input", () => {
    if (document.activeElement !== search) search.value = named.textContent || input.value;
  });
  named.hidden = true;
  new Search(input, search, list, kinds, named);
}

/**
 * Return what holds the name of the record behind an input for an id; it is made where nothing is named yet.
 * @param {HTMLInputElement} input
 * @returns {HTMLElement}
 */
export function nameBehind(input) {
  const next = input.nextElementSibling;
  if (next instanceof HTMLElement && next.matches("[data-named]")) return next;
  const named = document.createElement("span");
  named.className = "form-named";
  named.dataset.named = "";
  input.after(named);
  return named;
}

/** One search: what is typed, what is found, what is chosen. */
class Search {
  /**
   * @param {HTMLInputElement} input
   * @param {HTMLInputElement} search
   * @param {HTMLElement} list
   * @param {string} kinds
   * @param {HTMLElement} named
   */
  constructor(input, search, list, kinds, named) {
    this.input = input;
    this.search = search;
    this.list = list;
    this.kinds = kinds;
    this.named = named;
    this.at = -1;
    this.asked = 0;
    /** @type {number | undefined} */
    this.timer = undefined;
    search.addEventListener("input", () => this.typed());
    search.addEventListener("focus", () => search.select());
    search.addEventListener("blur", () => this.close());
    search.addEventListener("keydown", (event) => this.key(event));
    list.addEventListener("mousedown", (event) => {
      const option = event.target instanceof Element ? event.target.closest("li") : null;
      event.preventDefault();
      if (option) this.choose(option);
    });
  }

  typed() {
    this.write(this.search.value);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void this.ask(), PAUSE);
  }

  async ask() {
    const query = this.search.value.trim();
    this.asked += 1;
    const asked = this.asked;
    const found = query ? await records(this.input, this.kinds, query) : [];
    if (asked !== this.asked || document.activeElement !== this.search) return;
    this.list.replaceChildren(...found.map((one, position) => this.option(one, position)));
    this.list.hidden = !found.length;
    this.search.setAttribute("aria-expanded", String(Boolean(found.length)));
    this.mark(-1);
    const same = found.filter((one) => one.label === query);
    if (same.length === 1) this.write(same[0].id, same[0].label);
  }

  /**
   * @param {Found} one
   * @param {number} position
   */
  option(one, position) {
    const option = document.createElement("li");
    option.id = `${this.list.id}-${position}`;
    option.setAttribute("role", "option");
    option.dataset.id = one.id;
    option.dataset.label = one.label;
    option.textContent = one.label;
    if (one.kind) {
      const kind = document.createElement("span");
      kind.className = "form-kind";
      kind.textContent = one.kind;
      option.append(" ", kind);
    }
    return option;
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const options = this.list.hidden ? 0 : this.list.children.length;
    if (event.isComposing || !options) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.mark((this.at + step + options) % options);
    } else if (event.key === "Enter") {
      this.choose(this.list.children[Math.max(this.at, 0)]);
    } else if (event.key === "Escape") {
      this.close();
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number} position */
  mark(position) {
    this.at = position;
    [...this.list.children].forEach((option, number) => option.setAttribute("aria-selected", String(number === position)));
    const chosen = this.list.children[position];
    this.search.setAttribute("aria-activedescendant", chosen?.id ?? "");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  /** @param {Element} option */
  choose(option) {
    if (!(option instanceof HTMLElement)) return;
    this.search.value = option.dataset.label ?? "";
    this.write(option.dataset.id ?? "", this.search.value);
    this.close();
  }

  /**
   * @param {string} value
   * @param {string} [name]  of the record that was chosen
   */
  write(value, name = "") {
    if (this.input.value === value) return;
    this.named.textContent = name;
    this.input.value = value;
    this.input.dispatchEvent(new Event("input", { bubbles: true }));
  }

  close() {
    this.list.hidden = true;
    this.search.setAttribute("aria-expanded", "false");
    this.search.removeAttribute("aria-activedescendant");
  }
}

/**
 * Return the records that a text finds: from the server, or else among those that the page has.
 * @param {HTMLInputElement} input
 * @param {string} kinds
 * @param {string} query
 * @returns {Promise<Found[]>}
 */
async function records(input, kinds, query) {
  const home = input.form?.dataset.home;
  if (home) {
    try {
      const answer = await fetch(`${home}names?${new URLSearchParams({ kinds, q: query })}`);
      if (answer.ok) return await answer.json();
    } catch {
      // The program may have been closed; the page's own list still finds what it has.
    }
  }
  const options = [...(input.list?.options ?? [])];
  const found = options.filter((one) => one.value.startsWith(query) || one.label.includes(query));
  return found.slice(0, 20).map((one) => ({ id: one.value, label: one.label, kind: "" }));
}
