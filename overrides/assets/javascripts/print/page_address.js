/** What only paper shows: where the page stands, as text and as a code that a phone reads, and the day of printing. */

import { inShanghai, inWords } from "../china_time.js";

/** @type {((text: string, label: string) => SVGSVGElement[]) | null} */
let drawingsOf = null;

/**
 * Get ready while the browser has nothing else to do: what is fetched on `beforeprint` comes after the paper. Not on slow
 * lines, where readers pay for a paper that hardly any of them prints; theirs has the address as text.
 */
function prepare() {
  /** @type {{saveData?: boolean, effectiveType?: string} | undefined} */
  const line = /** @type {any} */ (navigator).connection;
  if (line && (line.saveData || /[23]g$/.test(line.effectiveType ?? ""))) return;
  const idle = window.requestIdleCallback ?? ((act) => setTimeout(act, 2000));
  idle(() => {
    import("./qr_code.js").then((code) => (drawingsOf = code.drawingsOf), (problem) => console.warn(problem));
  });
}

function fillPlaces() {
  const { day } = inShanghai(new Date());
  const address = document.documentElement.dataset.address ?? location.href.replace(/#.*/, ""); // bundle/runtime.js
  setText("[data-print-address]", readable(address));
  setText("[data-print-day]", `打印于 ${inWords(day)}`);
  const drawings = drawingsOf?.(address, "本页网址的二维码") ?? [];
  for (const place of document.querySelectorAll("[data-print-code]")) place.replaceChildren(...drawings);
}

/** @param {string} address @returns {string} with Chinese characters as such, unless it can't be read so */
function readable(address) {
  try {
    return decodeURI(address);
  } catch {
    return address;
  }
}

/** @param {string} selector @param {string} text */
function setText(selector, text) {
  for (const place of document.querySelectorAll(selector)) place.textContent = text;
}

/** Fill the places for paper whenever the page is printed. */
export function startPageAddress() {
  if (document.readyState === "complete") prepare();
  else addEventListener("load", prepare);
  addEventListener("beforeprint", fillPlaces);
}
