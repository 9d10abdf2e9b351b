/** What the pages do in the browser. Each part stands alone: if one fails, the others and the content stay. */

import { startOpeningHours } from "./opening_hours.js";
import { startOverdue } from "./overdue.js";
import { startPageAddress } from "./print/page_address.js";
import { startPreferenceButtons } from "./preference_buttons.js";

for (const start of [startPreferenceButtons, startOpeningHours, startOverdue, startPageAddress]) {
  try {
    start();
  } catch (error) {
    console.warn(error);
  }
}
