/**
 * What the pages of a bundle need in a folder without a server (`kepu build --bundle`), where browsers load neither modules
 * nor data: scripts bring both. Each module is a classic script that hands in what it exports, each file of data one that
 * hands in its text (macros/pages/scripts.py, macros/site/bundle.py). A classic script in the head, before all others.
 */
(function () {
  const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);
  const scripts = src.replace(/[^/]*$/, ""); // the folder of all scripts of the build
  const root = scripts.replace(/assets\/javascripts\/[^/]*\/$/, "");
  /** @type {Map<string, unknown>} what modules export, by their names */
  const modules = new Map();
  /** @type {Map<string, string>} texts of files, by their paths */
  const texts = new Map();
  /** @type {Map<string, Promise<void>>} */
  const asked = new Map();

  // What is printed leads to the site, if its address is known, and not to a folder of this computer.
  const canonical = /** @type {HTMLLinkElement | null} */ (document.querySelector("link[rel=canonical]"));
  if (canonical) document.documentElement.dataset.address = canonical.href;

  /** @param {string} address of a script, which runs once @returns {Promise<void>} */
  function run(address) {
    const promise =
      asked.get(address) ??
      new Promise((resolve, reject) => {
        const script = Object.assign(document.createElement("script"), { src: address });
        script.onload = () => resolve();
        script.onerror = () => reject(new Error(address));
        document.head.append(script);
      });
    asked.set(address, promise);
    return promise;
  }

  /** In place of `import()`. @param {string} name of a module @returns {Promise<any>} */
  async function load(name) {
    if (!modules.has(name)) await run(scripts + name);
    return modules.get(name);
  }

  /** In place of the browser's own, for files of the site alone. @param {string} address */
  async function fetch(address) {
    const path = new URL(address, document.baseURI).href.slice(root.length).replace(/[?#].*/, "");
    const isThere = await run(`${root}${path}.js`).then(() => texts.has(path), () => false);
    const text = texts.get(path) ?? "";
    return { ok: isThere, status: isThere ? 200 : 404, statusText: "", text: async () => text, json: async () => JSON.parse(text) };
  }

  Object.assign(window, {
    kepuBundle: {
      /** @param {string} name @param {(tools: object) => unknown} make */
      module: (name, make) => modules.set(name, make({ $load: load, fetch })),
      /** @param {string} path @param {string} text */
      file: (path, text) => texts.set(path, text),
    },
  });

  /** A browser shows the list of a folder's files where a server sends its page. @param {Event} event */
  function completeLink({ target }) {
    const link = target instanceof Element ? target.closest("a") : null;
    if (link?.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
  }

  for (const kind of ["click", "auxclick", "contextmenu"]) document.addEventListener(kind, completeLink, true);
})();
