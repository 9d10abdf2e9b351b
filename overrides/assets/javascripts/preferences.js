/**
 * Applies the remembered way of reading before the page is painted: scheme and size of type.
 * What only a script can do is shown, or gets its place, from the first moment on (`data-script`).
 * A classic script in the head, because a module would come too late and the page would flash.
 */
(function () {
  const root = document.documentElement;

  /** @param {string} name @returns {string|null} what was remembered; null also where storage is refused */
  function remembered(name) {
    try {
      return localStorage.getItem("kepu-" + name);
    } catch (refused) {
      return null;
    }
  }

  const prefersDark = matchMedia("(prefers-color-scheme: dark)").matches;
  const scheme = remembered("scheme") || (prefersDark ? "dark" : "light");
  root.setAttribute("data-color-scheme", scheme);
  root.setAttribute("data-type", remembered("type") || "normal");
  // The youngest thing that modules need (docs/dev/checks.md): where it lacks, pages stay as they are without scripts.
  if (Element.prototype.replaceChildren) root.setAttribute("data-script", "on");
})();
