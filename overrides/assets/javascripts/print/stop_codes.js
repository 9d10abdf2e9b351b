/** The codes on a route's sheet: each leads to the page of its stop, whatever address the site is read at. */

import { drawingsOf } from "./qr_code.js";

for (const place of document.querySelectorAll("[data-code]"))
  place.replaceChildren(...drawingsOf(new URL(place.dataset.code, document.documentElement.dataset.address ?? location.href).href, place.dataset.label));
