/** Shows under each prose how it will read: made by the server as it makes pages, a moment after the last key. */

const PAUSE = 250;

/**
 * Put a look under each prose that a form has.
 * @param {HTMLElement} part
 */
export function prepareLooks(part) {
  for (const field of part.querySelectorAll('[data-widget="prose"]')) {
    const text = field.querySelector("textarea");
    if (!text || field.querySelector(".form-look")) continue;
    const look = document.createElement("div");
    const title = document.createElement("p");
    const body = document.createElement("div");
    look.className = "form-look";
    look.dataset.made = "";
    look.hidden = true;
    title.className = "form-help";
    // An article's page is made by more than this: its macros are seen in the page beside.
    const isArticle = field.hasAttribute("data-pictures");
    title.textContent = isArticle ? "大致会这样显示；花括号里的内容，看旁边的预览：" : "网页上会这样显示：";
    look.append(title, body);
    text.after(look);
    connect(text, look, body);
  }
}

/**
 * @param {HTMLTextAreaElement} text
 * @param {HTMLElement} look
 * @param {HTMLElement} body
 */
function connect(text, look, body) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  /** @type {AbortController | null} */
  let asked = null;
  const show = async () => {
    asked?.abort();
    asked = new AbortController();
    const made = await madeOf(text, asked.signal);
    if (made === null) return;
    body.replaceChildren(...made);
    look.hidden = !made.length;
  };
  text.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(show, PAUSE);
  });
  // What nobody works on needs no look.
  text.addEventListener("focus", () => look.hidden && show());
}

/**
 * Return what a text becomes; null if the server can't be asked.
 * @param {HTMLTextAreaElement} text
 * @param {AbortSignal} signal
 * @returns {Promise<Node[] | null>}
 */
async function madeOf(text, signal) {
  const form = text.closest("form");
  const token = form?.elements.namedItem("_token");
  if (!form || !(token instanceof HTMLInputElement)) return null;
  const address = new URL("prose", new URL(form.getAttribute("action") || "", location.href));
  try {
    const answer = await fetch(address, { method: "POST", body: new URLSearchParams([["_token", token.value], ["_text", text.value]]), signal });
    if (!answer.ok) return null;
    const made = new DOMParser().parseFromString(await answer.text(), "text/html");
    for (const link of made.querySelectorAll("a")) link.target = "_blank"; // the form stays
    return [...made.body.childNodes];
  } catch {
    return null;
  }
}
