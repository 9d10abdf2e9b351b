/** Finds one of many boxes to tick by what is typed. */

const MANY = 12;

/**
 * Put a search above boxes that are many.
 * @param {HTMLElement} part
 */
export function prepareChecks(part) {
  for (const boxes of part.querySelectorAll(".form-checks")) {
    if (boxes.children.length <= MANY || boxes.previousElementSibling?.matches("[data-made]")) continue;
    const search = document.createElement("input");
    search.type = "search";
    search.dataset.made = "";
    search.className = "form-filter";
    search.placeholder = "输入几个字来找";
    search.setAttribute("aria-label", `在“${boxes.closest("fieldset")?.querySelector("legend")?.textContent?.trim()}”里找`);
    search.addEventListener("input", (event) => {
      event.stopPropagation();
      const wanted = search.value.trim().toLowerCase();
      for (const label of boxes.children) {
        const isTicked = Boolean(label.querySelector("input:checked"));
        /** @type {HTMLElement} */ (label).hidden = !isTicked && !(label.textContent ?? "").toLowerCase().includes(wanted);
      }
    });
    boxes.before(search);
  }
}
