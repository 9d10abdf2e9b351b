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
      const isShown = put(/** @type {HTMLIFrameElement} */ (frame), draft, published);
      state.textContent = isShown ? "没有保存的样子；改过的地方有框" : "网站别处还有错误，改好了才能预览";
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

let runs = 0;
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
 * @returns {boolean} whether the frame shows a page of the site at all
 */
function put(frame, html, published) {
  const shown = frame.contentDocument;
  const made = new DOMParser().parseFromString(html, "text/html");
  const [old, main] = [shown?.querySelector("main"), made.querySelector("main")];
  if (!shown || !old || !main || !shown.querySelector('script[type="module"]')) return false;
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
  runScripts(shown, made);
  return true;
}

/**
 * Let the scripts of a page fill in its article (今天开放), as they do when it is opened. They are the site's own files, named
 * by the code that makes the page, under the policy of the frame's page: nothing that was typed can become one.
 * @param {Document} shown
 * @param {Document} made
 */
function runScripts(shown, made) {
  for (const script of shown.querySelectorAll("script[data-again]")) script.remove();
  // They stand outside of the article and have their listeners already; a second one would undo the first.
  for (const button of shown.querySelectorAll("header button[aria-pressed]")) button.replaceWith(button.cloneNode(true));
  for (const named of made.querySelectorAll('head script[type="module"][src], main script[type="module"][src]')) {
    const address = new URL(named.getAttribute("src") || "", shown.baseURI);
    if (address.origin !== location.origin || !address.pathname.includes("/assets/javascripts/")) continue;
    address.search = `again=${++runs}`; // A module runs once for each address.
    const script = shown.createElement("script");
    script.type = "module";
    script.src = address.href;
    script.dataset.again = "";
    shown.head.append(script);
  }
}

/** @param {string | null | undefined} text @returns {string} its letters and digits: pages part numbers otherwise than fields */
function bare(text) {
  return (text || "").replace(/[^\p{L}\p{N}]/gu, "");
}

/** @param {EventTarget | null} field @returns {string[]} what a page may say where it shows a field, the best first */
function wantedOf(field) {
  const isText = field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement || field instanceof HTMLSelectElement;
  if (!isText || field.type === "hidden") return [];
  const isTicked = field.type === "checkbox" || field.type === "radio";
  const said = field instanceof HTMLSelectElement ? field.selectedOptions[0]?.text : isTicked ? field.labels?.[0]?.textContent : field.value;
  const titles = [field.closest("[data-path]"), field.closest(".form-groups, .form-group")].map((part) => part?.querySelector(".form-title")?.firstChild?.textContent);
  return [bare(said?.trim().split("\n")[0]).slice(0, 20), ...titles.map(bare)].filter((text) => text.length > 1);
}

/** Scroll a frame to where it says what a field says, else to what the field is called. @param {HTMLIFrameElement} frame @param {EventTarget | null} field */
function show(frame, field) {
  const page = frame.contentDocument;
  const main = page?.querySelector("main");
  if (!page || !main) return;
  for (const wanted of wantedOf(field)) {
    const walker = page.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const place = walker.currentNode.parentElement;
      if (place?.getClientRects().length && bare(walker.currentNode.textContent).includes(wanted)) {
        // Not `scrollIntoView`: it would scroll the form's own window too, away from the field in which one types.
        const [box, view] = [place.getBoundingClientRect(), frame.contentWindow];
        view?.scrollBy(0, box.top + box.height / 2 - view.innerHeight / 2);
        return;
      }
    }
  }
}
