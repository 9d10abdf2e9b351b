/** The two switches of the header: dark scheme and large type. */

/**
 * What a switch changes: an attribute of the root element, its value when on and when off.
 * @type {Record<string, {attribute: string, on: string, off: string}>}
 */
const PREFERENCES = {
  scheme: { attribute: "data-color-scheme", on: "dark", off: "light" },
  type: { attribute: "data-type", on: "large", off: "normal" },
};

/**
 * Remember a choice; without storage it lasts as long as the page.
 * @param {string} name
 * @param {string} value
 */
function remember(name, value) {
  try {
    localStorage.setItem(`kepu-${name}`, value);
  } catch {
    // A browser may refuse storage; the switch works all the same.
  }
}

/**
 * Let a switch work and show how it stands.
 * @param {HTMLButtonElement} button
 */
function connect(button) {
  const name = button.dataset.preference ?? "";
  const { attribute, on, off } = PREFERENCES[name];
  const root = document.documentElement;
  const show = () => button.setAttribute("aria-pressed", String(root.getAttribute(attribute) === on));
  button.addEventListener("click", () => {
    const value = root.getAttribute(attribute) === on ? off : on;
    root.setAttribute(attribute, value);
    remember(name, value);
    show();
  });
  show();
}

/** Print on white paper, whatever the scheme on screen. */
function preparePrint() {
  const { attribute, off } = PREFERENCES.scheme;
  const root = document.documentElement;
  let before = off;
  addEventListener("beforeprint", () => {
    before = root.getAttribute(attribute) ?? off;
    root.setAttribute(attribute, off);
  });
  addEventListener("afterprint", () => root.setAttribute(attribute, before));
}

/** Start both switches. */
export function startPreferenceButtons() {
  document.querySelectorAll("button[data-preference]").forEach(connect);
  preparePrint();
}
