/** What the pages do in the browser. Each part stands alone: if one fails, the others and the content stay. */

import { startOpening } from "./opening.js";
import { startOverdue } from "./overdue.js";
import { startPaper } from "./print/paper.js";
import { startReading } from "./reading.js";

for (const start of [startReading, startOpening, startOverdue, startPaper]) {
  try {
    start();
  } catch (error) {
    console.warn(error);
  }
}
