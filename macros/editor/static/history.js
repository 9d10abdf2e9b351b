/** Takes back changes of a form and does them again: what its fields say and which there are, step by step. */

const MOST_STEPS = 60;
const PAUSE = 600;

/** The states that some fields had. */
export class History {
  /**
   * @param {HTMLElement} fields
   * @param {(part: HTMLElement) => void} prepare  gives fields what scripts add
   */
  constructor(fields, prepare) {
    this.fields = fields;
    this.prepare = prepare;
    this.states = [stateOf(fields)];
    this.at = 0;
    /** @type {number | undefined} */
    this.timer = undefined;
    /** Called when there is more or less to take back. */
    this.onChange = () => {};
  }

  /** Keep the state as it is now, if it is another than the last. */
  keep() {
    clearTimeout(this.timer);
    this.timer = undefined;
    const state = stateOf(this.fields);
    if (said(state) === said(this.states[this.at])) return;
    this.states = [...this.states.slice(0, this.at + 1), state].slice(-MOST_STEPS);
    this.at = this.states.length - 1;
    this.onChange();
  }

  /** Keep the state once nothing was typed for a moment, so that a step is more than a letter. */
  keepSoon() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.keep(), PAUSE);
  }

  /** @param {number} way  -1 back, 1 again */
  canGo(way) {
    return this.at + way >= 0 && this.at + way < this.states.length;
  }

  /**
   * Go one step; tell whether there was one.
   * @param {number} way  -1 back, 1 again
   */
  step(way) {
    this.keep();
    if (!this.canGo(way)) return false;
    this.at += way;
    const focused = document.activeElement?.id;
    this.fields.innerHTML = this.states[this.at];
    this.prepare(this.fields);
    // What scripts put in and took out again may have changed the order of attributes.
    this.states[this.at] = stateOf(this.fields);
    if (focused) document.getElementById(focused)?.focus();
    this.onChange();
    return true;
  }
}

/**
 * Return what counts of a state: not what is folded.
 * @param {string} state
 */
function said(state) {
  return state.replaceAll(' open=""', "");
}

/**
 * Return the HTML of fields with what they say, without what scripts have added and without messages, which are told anew.
 * @param {HTMLElement} fields
 */
function stateOf(fields) {
  const copy = /** @type {HTMLElement} */ (fields.cloneNode(true));
  const controls = fields.querySelectorAll("input, select, textarea");
  copy.querySelectorAll("input, select, textarea").forEach((one, position) => write(controls[position], one));
  for (const made of copy.querySelectorAll("[data-made]")) made.remove();
  for (const replaced of copy.querySelectorAll("[data-own-id]")) {
    replaced.id = replaced.getAttribute("data-own-id") ?? "";
    replaced.removeAttribute("data-own-id");
    replaced.removeAttribute("hidden");
  }
  for (const prose of copy.querySelectorAll("[data-pictured]")) prose.removeAttribute("data-pictured");
  for (const place of copy.querySelectorAll(".form-problems")) {
    place.replaceChildren();
    place.setAttribute("hidden", "");
  }
  for (const wrong of copy.querySelectorAll("[aria-invalid]")) wrong.removeAttribute("aria-invalid");
  return copy.innerHTML;
}

/**
 * Write what a control says into the attributes of its copy.
 * @param {Element} from
 * @param {Element} to
 */
function write(from, to) {
  if (from instanceof HTMLTextAreaElement) {
    // The parser takes one line break off the beginning.
    to.textContent = `\n${from.value}`;
  } else if (from instanceof HTMLSelectElement) {
    [...to.children].forEach((option, position) => option.toggleAttribute("selected", from.selectedIndex === position));
  } else if (from instanceof HTMLInputElement && from.type === "checkbox") {
    to.toggleAttribute("checked", from.checked);
  } else if (from instanceof HTMLInputElement && from.type !== "hidden") {
    to.setAttribute("value", from.value);
  }
}
