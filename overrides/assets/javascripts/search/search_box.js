/**
 * The search box of every page: watch the field in the header, "/" and Ctrl-K. What answers is fetched when a field gets
 * focus or the dialog opens, not before.
 */

/** @type {Promise<typeof import("./search_dialog.js")> | undefined} */
let dialog;

/**
 * Closes a dialog whose script has not come yet; later the script does.
 * @type {(() => void) | undefined}
 */
let closeEarly;

function load() {
  dialog = dialog ?? fetched();
  return dialog;
}

/**
 * Ask for all at once that the dialog imports, and for the manifest: each would name the next only when it has come.
 */
async function fetched() {
  const root = new URL(`${document.getElementById("search-dialog")?.dataset.root ?? "./"}`, document.baseURI).href;
  const manifest = fetch(`${root}assets/search/manifest.json`, { cache: "no-store" });
  manifest.catch(() => {}); // told where it is awaited
  preload();
  const imports = [import("./open.js"), import("./index_files.js"), import("./elements.js")];
  const [module] = await Promise.all([import("./search_dialog.js"), ...imports]);
  module.prepare(manifest).catch(() => {}); // asked again with the first query
  return module;
}

/** The modules of the worker come after what the dialog needs, but need not wait until that has come. */
function preload() {
  const names = document.getElementById("search-dialog")?.dataset.modules?.split(" ") ?? [];
  const links = names.map((name) => {
    const { href } = new URL(`./${name}.js`, import.meta.url);
    return Object.assign(document.createElement("link"), { rel: "modulepreload", fetchPriority: "low", href });
  });
  document.head.append(...links);
}

/**
 * Show the dialog at once, so that the next keys reach its field, then fetch what answers.
 * @param {string} text what the field holds at first
 */
async function open(text = "") {
  const layer = document.getElementById("search-dialog");
  const field = layer?.querySelector("input");
  if (!layer || !field || !layer.hidden) return;
  const before = document.activeElement;
  layer.hidden = false;
  field.value = text;
  field.focus();
  closeEarly = () => {
    layer.hidden = true;
    /** @type {HTMLElement | null} */ (before)?.focus();
  };
  try {
    const { openDialog } = await load();
    closeEarly = undefined;
    if (!layer.hidden) openDialog(layer, before);
  } catch (problem) {
    dialog = closeEarly = undefined;
    layer.hidden = true;
    console.warn(problem);
    // The site may have been published anew, and the scripts of this page have gone: the page of results has its own.
    if (field.value) location.assign(`${layer.dataset.root}search/?q=${encodeURIComponent(field.value)}`);
  }
}

/**
 * Tab goes around within the dialog. It stands here, because the dialog opens before its script has come.
 * @param {HTMLElement} layer
 * @param {KeyboardEvent} event
 */
function keepFocus(layer, event) {
  if (event.key !== "Tab" || event.isComposing) return;
  const stops = [...layer.querySelectorAll("input, button, a[href]:not([tabindex='-1'])")];
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

const layer = document.getElementById("search-dialog");
layer?.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) closeEarly?.();
  keepFocus(layer, event);
});
document.querySelectorAll("form.site-search").forEach((form) => watch(/** @type {HTMLFormElement} */ (form)));
document.addEventListener("keydown", (event) => {
  if (!isCall(event)) return;
  event.preventDefault();
  open();
});
const asked = new URLSearchParams(location.search).get("q");
if (asked && !document.getElementById("search-page")) open(asked);
