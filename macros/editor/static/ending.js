/**
 * Makes the references on the page of a record's end findable by name.
 */

import { prepareReferences } from "./references.js";

for (const form of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("form[data-home]"))) prepareReferences(form);
