/** A QR code as a drawing. */

import { squaresOf } from "./qr_code.js";

const MARGIN = 4; // light squares around the code, as the standard asks
const NAMESPACE = "http://www.w3.org/2000/svg";

/** @param {string} text @param {string} label @returns {SVGSVGElement[]} one drawing; none where the text is too long */
export function drawingsOf(text, label) {
  const squares = squaresOf(text);
  if (!squares) return [];
  const size = squares.length + 2 * MARGIN;
  const image = document.createElementNS(NAMESPACE, "svg");
  image.setAttribute("viewBox", `0 0 ${size} ${size}`);
  image.setAttribute("role", "img");
  image.setAttribute("aria-label", label);
  const path = document.createElementNS(NAMESPACE, "path");
  const dark = squares.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x + MARGIN} ${y + MARGIN}h1v1h-1z` : "")));
  path.setAttribute("d", dark.join(""));
  image.append(path);
  return [image];
}
