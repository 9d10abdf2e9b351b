/**
 * The page beside the form: the real one, in a frame, at its own address; of what was typed and not saved, the page is made
 * by the same code and put in its place there, so that the place to which one scrolled stays.
 */

/** How long after a check the page is made anew, in milliseconds. */
const PAUSE = 200;

/**
 * @param {HTMLFormElement} form
 * @param {(name: string, signal: AbortSignal) => Promise<Response>} post sends the form
 * @returns {{refresh: (isEdited: boolean) => void}} shows the form as it stands
 */
export function startPreview(form, post) {
  const part = /** @type {HTMLElement | null} */ (document.querySelector("[data-preview]"));
  const frame = /** @type {HTMLIFrameElement | null} */ (document.querySelector("[data-look]"));
  if (!part || !frame) return { refresh() {} };
  part.hidden = false;
  const state = /** @type {HTMLElement} */ (part.querySelector("[data-preview-state]"));
  /** @type {Set<string>} */
  let published = new Set();
  /** @type {string | null} */
  let draft = null;
  /** @type {AbortController | null} */
  let asked = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;

  frame.addEventListener("load", () => {
    published = texts(frame.contentDocument);
    if (draft) put(frame, draft, published);
    else show(frame, document.activeElement);
  });

  async function look() {
    asked?.abort();
    asked = new AbortController();
    try {
      const answer = await post("look", asked.signal);
      if (answer.status !== 200) return;
      draft = await answer.text();
      put(/** @type {HTMLIFrameElement} */ (frame), draft, published);
      state.textContent = "没有保存的样子；改过的地方有框";
      show(/** @type {HTMLIFrameElement} */ (frame), document.activeElement);
    } catch {
      // The next key asks again.
    }
  }

  form.addEventListener("focusin", (event) => show(frame, event.target));
  for (const button of part.querySelectorAll("[data-width]")) button.addEventListener("click", () => setWidth(part, button));
  return {
    refresh(isEdited) {
      if (!isEdited && draft === null) return;
      clearTimeout(waiting);
      waiting = setTimeout(look, PAUSE);
    },
  };
}

/** @param {HTMLElement} part @param {Element} pressed */
function setWidth(part, pressed) {
  for (const button of part.querySelectorAll("[data-width]")) button.setAttribute("aria-pressed", String(button === pressed));
  const isWide = pressed instanceof HTMLElement && pressed.dataset.width === "desktop";
  part.querySelector("[data-window]")?.toggleAttribute("data-wide", isWide);
}

const BLOCKS = "h1, h2, h3, p, li, dt, dd, td, th, figcaption";

/** @param {Document | null} page @returns {Set<string>} what its blocks say */
function texts(page) {
  return new Set([...(page?.querySelectorAll(BLOCKS) || [])].map((block) => block.textContent?.trim() || ""));
}

/**
 * Put the article of a page in the place of the one that a frame shows, and mark what the published one does not say.
 * @param {HTMLIFrameElement} frame
 * @param {string} html the whole page
 * @param {Set<string>} published
 */
function put(frame, html, published) {
  const shown = frame.contentDocument;
  const made = new DOMParser().parseFromString(html, "text/html");
  const [old, main] = [shown?.querySelector("main"), made.querySelector("main")];
  if (!shown || !old || !main) return;
  const top = frame.contentWindow?.scrollY || 0;
  for (const link of made.querySelectorAll('link[rel="stylesheet"]')) {
    const href = link.getAttribute("href") || "";
    if (!shown.querySelector(`link[href="${CSS.escape(href)}"]`)) shown.head.append(shown.importNode(link));
  }
  const copy = shown.importNode(main, true);
  old.replaceWith(copy);
  for (const block of copy.querySelectorAll(BLOCKS)) {
    const isInner = block.querySelector(BLOCKS);
    if (!isInner && block instanceof block.ownerDocument.defaultView.HTMLElement && !published.has(block.textContent?.trim() || "")) {
      block.style.setProperty("outline", "3px solid #c77700");
      block.style.setProperty("outline-offset", "2px");
    }
  }
  frame.contentWindow?.scrollTo(0, top);
}

/** Scroll a frame to where it says what a field says. @param {HTMLIFrameElement} frame @param {EventTarget | null} field */
function show(frame, field) {
  const isText = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement;
  if (!isText || field.type === "hidden") return;
  const said = field instanceof HTMLSelectElement ? field.selectedOptions[0]?.text || "" : field.value;
  const wanted = said.trim().split("\n")[0].slice(0, 20);
  const main = frame.contentDocument?.querySelector("main");
  if (wanted.length < 2 || !main || !frame.contentDocument) return;
  const walker = frame.contentDocument.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    if (walker.currentNode.textContent?.includes(wanted)) {
      walker.currentNode.parentElement?.scrollIntoView({ block: "center" });
      return;
    }
  }
}
