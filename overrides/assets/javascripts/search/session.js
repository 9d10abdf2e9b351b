/** Answer questions from the build that is published now. The same in a worker and on the page. */

import { currentFolder, explore, openLibrary } from "./engine.js";

export class Session {
  /**
   * @param {string} root address of the site, ending with a slash
   * @param {typeof fetch} get
   */
  constructor(root, get) {
    this.root = root;
    this.get = get;
    /** @type {Promise<import("./engine.js").Library> | null} */
    this.library = null;
  }

  /** Load the index, unless it is there. */
  open() {
    this.library ??= this.load();
    return this.library;
  }

  async load() {
    try {
      return await openLibrary(await currentFolder(this.root, this.get), this.get);
    } catch {
      // Once more: the manifest may have come from a build that was replaced in this very moment.
      try {
        return await openLibrary(await currentFolder(this.root, this.get), this.get);
      } catch (problem) {
        this.library = null; // so that the next query tries again
        throw problem;
      }
    }
  }

  /**
   * @param {string} query
   * @param {Parameters<typeof explore>[2]} options
   * @returns {Promise<import("./engine.js").Outcome>}
   */
  async explore(query, options) {
    const library = await this.open();
    const outcome = await explore(library, query, options);
    if (!library.store.missing || !(await this.isReplaced(library))) return outcome;
    this.library = null;
    return explore(await this.open(), query, options);
  }

  /**
   * Whether the site was published anew since the index was loaded.
   * @param {import("./engine.js").Library} library
   */
  async isReplaced(library) {
    library.store.missing = false;
    const folder = await currentFolder(this.root, this.get).catch(() => library.store.folder);
    return folder !== library.store.folder;
  }
}
