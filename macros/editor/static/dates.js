/** A button for today beside dates that must be known to the day: most such dates are those of the work itself. */

/** @param {HTMLElement} part */
export function prepareDates(part) {
  for (const field of part.querySelectorAll('[data-form="FULL_DATE"]:not(.form-list)')) {
    const input = field.querySelector("input[type=text][name]");
    if (!(input instanceof HTMLInputElement) || field.querySelector(".form-today")) continue;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "form-small form-today";
    button.dataset.made = "";
    button.textContent = "今天";
    button.setAttribute("aria-label", `${field.querySelector("label")?.firstChild?.textContent?.trim() ?? ""}：填今天`);
    button.addEventListener("click", () => {
      input.value = today(new Date());
      input.dispatchEvent(new Event("input", { bubbles: true }));
    });
    input.after(button);
  }
}

/**
 * Return the day that a moment belongs to in China.
 * @param {Date} moment
 */
export function today(moment) {
  return new Date(moment.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
}
