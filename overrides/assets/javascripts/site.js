/** What the pages do in the browser. Each part stands alone: if one fails, the others and the content stay. */

import { startPageAddress } from "./print/page_address.js";
import { startPreferenceButtons } from "./preference_buttons.js";
import { startOpeningHours, startOverdue } from "./today.js";

for (const start of [startPreferenceButtons, startOpeningHours, startOverdue, startPageAddress]) {
  try {
    start();
  } catch (error) {
    console.warn(error);
  }
}
