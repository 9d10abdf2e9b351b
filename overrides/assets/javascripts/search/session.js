/** Answer queries from the build that is published now. The same in a worker and on the page. */

import { explore } from "./engine.js";
import { currentFolder, fetchIndex } from "./index_files.js";
import { openIndex } from "./load_index.js";

export class Session {
  /**
   * @param {string} root address of the site, ending with a slash
   * @param {typeof fetch} get
   */
  constructor(root, get) {
    this.root = root;
    this.get = get;
    /** @type {Promise<import("./load_index.js").SearchIndex> | null} */
    this.index = null;
  }

  /**
   * Load the index, unless it is there.
   * @param {import("./index_files.js").FetchedIndex | null} [fetched] what came before there was a session
   */
  open(fetched = null) {
    this.index = this.index ?? this.load(fetched);
    return this.index;
  }

  /** @param {import("./index_files.js").FetchedIndex | null} fetched */
  async load(fetched) {
    try {
      return await openIndex(fetched ?? (await fetchIndex(this.root, this.get)), this.get);
    } catch {
      // Once more: the manifest may have come from a build that was replaced in this very moment.
      try {
        return await openIndex(await fetchIndex(this.root, this.get), this.get);
      } catch (problem) {
        this.index = null; // so that the next query tries again
        throw problem;
      }
    }
  }

  /**
   * @param {string} text the query as typed
   * @param {Parameters<typeof explore>[2]} options
   * @returns {Promise<import("./engine.js").Outcome>}
   */
  async explore(text, options) {
    const index = await this.open();
    const outcome = await explore(index, text, options);
    if (!index.files.missing || !(await this.isReplaced(index))) return outcome;
    this.index = null;
    return explore(await this.open(), text, options);
  }

  /**
   * Whether the site was published anew since the index was loaded.
   * @param {import("./load_index.js").SearchIndex} index
   */
  async isReplaced({ files }) {
    files.missing = false;
    const folder = await currentFolder(this.root, this.get).catch(() => files.folder);
    return folder !== files.folder;
  }
}
