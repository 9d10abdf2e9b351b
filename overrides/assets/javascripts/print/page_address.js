/** What only paper shows: where the page stands, as text and as a code that a phone reads, and the day of printing. */

import { inShanghai, inWords } from "../china_time.js";

const MARGIN = 4; // light squares around the code, as the standard asks
const NAMESPACE = "http://www.w3.org/2000/svg";

/** @type {((text: string) => boolean[][] | null) | null} */
let squaresOf = null;

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
    import("./qr_code.js").then((code) => (squaresOf = code.squaresOf), (problem) => console.warn(problem));
  });
}

function fillPlaces() {
  const { day } = inShanghai(new Date());
  const address = location.href.replace(/#.*/, "");
  setText("[data-print-address]", readable(address));
  setText("[data-print-day]", `打印于 ${inWords(day)}`);
  const squares = squaresOf?.(address) ?? null;
  for (const place of document.querySelectorAll("[data-print-code]")) place.replaceChildren(...(squares ? [drawing(squares)] : []));
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

/** @param {boolean[][]} squares @returns {SVGSVGElement} */
function drawing(squares) {
  const size = squares.length + 2 * MARGIN;
  const image = document.createElementNS(NAMESPACE, "svg");
  image.setAttribute("viewBox", `0 0 ${size} ${size}`);
  image.setAttribute("role", "img");
  image.setAttribute("aria-label", "本页网址的二维码");
  const path = document.createElementNS(NAMESPACE, "path");
  const dark = squares.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x + MARGIN} ${y + MARGIN}h1v1h-1z` : "")));
  path.setAttribute("d", dark.join(""));
  image.append(path);
  return image;
}

/** Fill the places for paper whenever the page is printed. */
export function startPageAddress() {
  if (document.readyState === "complete") prepare();
  else addEventListener("load", prepare);
  addEventListener("beforeprint", fillPlaces);
}
