/**
 * The search box of every page: watch the field in the header, "/" and Ctrl-K. What answers is fetched when a field gets
 * focus or the dialog opens, not before.
 */

/** @type {Promise<typeof import("./search_dialog.js")> | undefined} */
let dialog;

const layer = document.getElementById("search-dialog");

/** @type {Element | null} what has the focus again when the dialog closes */
let before = null;

/** Whether a step back is on its way, after which the next step forward may follow. */
let leaving = false;

function load() {
  dialog = dialog ?? fetched();
  return dialog;
}

/** Ask at once for all that a query needs: each would name the next only when it has come. */
async function fetched() {
  const index = fetchIndex(new URL(layer?.dataset.files ?? layer?.dataset.root ?? "./", document.baseURI).href);
  index.catch(() => {}); // told where it is awaited
  preloadWorker();
  const module = await import("./search_dialog.js");
  module.prepare(index).catch(() => {}); // asked again with the first query
  return module;
}

/**
 * The same as in index_files.js, which comes with the dialog and would be too late.
 * @param {string} root
 * @returns {Promise<import("./index_files.js").FetchedIndex>}
 */
async function fetchIndex(root) {
  const { build } = await (await found(`${root}assets/search/manifest.json`, { cache: "no-store" })).json();
  const folder = `${root}assets/search/${build}/`;
  return { folder, text: await (await found(`${folder}index.json`)).text() };
}

/** @param {string} address @param {RequestInit} [settings] @returns {Promise<Response>} */
async function found(address, settings) {
  const response = await fetch(address, settings);
  if (!response.ok) throw new Error(`${response.status} ${address}`);
  return response;
}

/** There is none in a folder without a server (bundle/runtime.js). */
function preloadWorker() {
  const { href } = new URL("./worker.js", import.meta.url);
  if (href) document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", href }));
}

/**
 * Show the dialog at once, so that the next keys reach its field, then fetch what answers.
 * @param {string} text what the field holds at first
 * @param {boolean} [isStep] whether Back closes the dialog; not where the address itself asks for it
 */
async function open(text = "", isStep = true) {
  const field = layer?.querySelector("input");
  if (!layer || !field || !layer.hidden) return;
  before = document.activeElement;
  layer.hidden = false;
  field.value = text;
  field.focus();
  setBackground(true);
  if (isStep) step();
  try {
    const { openDialog } = await load();
    if (!layer.hidden) openDialog(layer);
  } catch (problem) {
    dialog = undefined;
    close();
    console.warn(problem);
    // The site may have been published anew, and the scripts of this page have gone: the page of results has its own.
    if (field.value) location.assign(`${layer.dataset.root}search/?q=${encodeURIComponent(field.value)}`);
  }
}

/** A step in the history, so that Back, which is what a phone has, closes the dialog and not the page. */
function step() {
  if (!leaving && layer && !layer.hidden) history.pushState({ ...history.state, search: true }, "");
}

/** Close the dialog as a person asks: the step that opened it is taken back, and with it the query in the address. */
function close() {
  if (!layer || layer.hidden) return;
  hide();
  if (leaving) return;
  if (history.state?.search) {
    leaving = true;
    history.back();
  } else if (!document.getElementById("search-page")) {
    const address = new URL(location.href);
    address.searchParams.delete("q");
    history.replaceState(history.state, "", address);
  }
}

function hide() {
  if (!layer) return;
  layer.hidden = true;
  setBackground(false);
  if (before instanceof HTMLElement) before.focus();
}

/**
 * Take the page behind the dialog out of reach of keys, pointers and screen readers, or give it back.
 * @param {boolean} isBehind
 */
function setBackground(isBehind) {
  document.documentElement.classList.toggle("search-open", isBehind);
  for (const part of document.body.children) {
    if (part === layer) continue;
    part.toggleAttribute("inert", isBehind);
    if ("inert" in part) continue;
    // Browsers of before 2022 don't know it. Focus is kept by `keepFocus`.
    if (isBehind) part.setAttribute("aria-hidden", "true");
    else part.removeAttribute("aria-hidden");
  }
}

/** Back and forward. @param {PopStateEvent} event */
function follow({ state }) {
  if (leaving) {
    leaving = false;
    step();
  } else if (!state?.search && !layer?.hidden) hide();
  else if (state?.search && layer?.hidden) open(new URLSearchParams(location.search).get("q") ?? "", false);
}

/**
 * Tab goes around within the dialog. It stands here, because the dialog opens before its script has come.
 * @param {HTMLElement} layer
 * @param {KeyboardEvent} event
 */
function keepFocus(layer, event) {
  if (event.key !== "Tab" || event.isComposing) return;
  const stops = [...layer.querySelectorAll("input, select, button, a[href]:not([tabindex='-1'])")];
  const [first, last] = [stops[0], stops[stops.length - 1]];
  if (document.activeElement !== (event.shiftKey ? first : last)) return;
  event.preventDefault();
  /** @type {HTMLElement} */ (event.shiftKey ? last : first).focus();
}

/** @param {HTMLFormElement} form */
function watch(form) {
  const field = form.querySelector("input");
  if (!field) return;
  const take = () => {
    const text = field.value;
    field.value = "";
    open(text);
  };
  field.addEventListener("focus", () => load().catch(() => {}), { once: true });
  field.addEventListener("click", take);
  // While an input method composes, the field must keep the focus.
  field.addEventListener("input", (event) => {
    if (!(/** @type {InputEvent} */ (event).isComposing)) take();
  });
  field.addEventListener("compositionend", take);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    take();
  });
}

const TYPED_IN = /^(INPUT|TEXTAREA|SELECT)$/;

/** @param {KeyboardEvent} event */
function isCall(event) {
  if (event.isComposing || event.defaultPrevented) return false;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "k") return true;
  const { target } = event;
  const typing = target instanceof HTMLElement && (target.isContentEditable || TYPED_IN.test(target.tagName));
  return event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
}

addEventListener("popstate", follow);
layer?.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing && event.keyCode !== 229) close();
  keepFocus(layer, event);
});
layer?.addEventListener("mousedown", (event) => event.target === layer && close());
layer?.querySelector(".search-close")?.addEventListener("click", close);
document.querySelectorAll("form.site-search").forEach((form) => watch(/** @type {HTMLFormElement} */ (form)));
document.addEventListener("keydown", (event) => {
  if (!isCall(event)) return;
  event.preventDefault();
  open();
});
const asked = new URLSearchParams(location.search).get("q");
if (asked && !document.getElementById("search-page")) open(asked, false);
