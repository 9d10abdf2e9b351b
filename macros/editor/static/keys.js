/**
 * The keys of the editor, where a page has a form: Ctrl+S saves. Without this script, the button does.
 */

/** @param {HTMLFormElement} form whose button marked `data-save` is pressed */
export function saveByKey(form) {
  addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && event.key.toLowerCase() === "s") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-save]"));
    }
  });
}

const form = document.getElementById("form");
if (form instanceof HTMLFormElement) saveByKey(form);
