/**
 * The page for tables: a file that is dropped or chosen is sent at once; while it is read, the page says so. Without this
 * script, the button does.
 */

/** @param {HTMLFormElement} form */
function takeFiles(form) {
  const input = form.querySelector('input[type="file"]');
  if (!(input instanceof HTMLInputElement)) return;
  input.addEventListener("change", () => input.files?.length && form.requestSubmit());
  addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    form.toggleAttribute("data-over", true);
  });
  addEventListener("dragleave", () => form.removeAttribute("data-over"));
  addEventListener("drop", (event) => {
    form.removeAttribute("data-over");
    const files = event.dataTransfer?.files;
    if (!files?.length) return;
    event.preventDefault();
    input.files = files;
    form.requestSubmit();
  });
  form.addEventListener("submit", () => {
    const status = form.querySelector("[data-status]");
    if (status) status.textContent = "正在读……";
  });
}

const drop = document.querySelector("[data-drop]");
if (drop instanceof HTMLFormElement) takeFiles(drop);
