/**
 * Show of a list in the frame of another site what its address asks for: `?level=provincial&town=river&limit=5`. Several values of
 * one facet are alternatives; names that are no facet of the list, such as those of counters, are passed over.
 */

const asked = new URLSearchParams(location.search);
const list = /** @type {HTMLElement | null} */ (document.querySelector("[data-facets]"));
const limit = Number(asked.get("limit")) || Infinity;

if (list) {
  const facets = (list.dataset.facets ?? "").split(" ").filter((name) => asked.has(name));
  const items = /** @type {HTMLElement[]} */ ([...list.children]);
  const fitting = items.filter(({ dataset }) => {
    const terms = (dataset.terms ?? "").split(" ");
    return facets.every((name) => asked.getAll(name).some((value) => terms.includes(`${name}=${value}`)));
  });
  const shown = fitting.slice(0, limit);
  for (const item of items) item.hidden = !shown.includes(item);
  const none = /** @type {HTMLElement | null} */ (document.querySelector(".embed-none"));
  if (none) none.hidden = shown.length > 0;
}
