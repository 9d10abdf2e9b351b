/** Fetch the files of the index, those of one build alone. */

const PATIENCE = 4000; // milliseconds for one attempt

/** @typedef {{folder: string, text: string}} FetchedIndex the folder of a build, and what its index.json holds */

/**
 * @param {string} root address of the site, ending with a slash
 * @param {typeof fetch} get
 * @returns {Promise<string>} the folder of the build that is published now
 */
export async function currentFolder(root, get) {
  // Not even revalidated: a server may tell builds apart by date and size, which two manifests can share.
  const { build } = JSON.parse(await textOf(`${root}assets/search/manifest.json`, get, { cache: "no-store" }));
  return `${root}assets/search/${build}/`;
}

/**
 * @param {string} root address of the site, ending with a slash
 * @param {typeof fetch} get
 * @returns {Promise<FetchedIndex>}
 */
export async function fetchIndex(root, get) {
  const folder = await currentFolder(root, get);
  return { folder, text: await textOf(`${folder}index.json`, get) };
}

/**
 * The files of one build that a query asks for. One that is missing, broken or late is tried once more, then given up:
 * the caller goes on with what there is, and `failures` tells that something was missing.
 */
export class IndexFiles {
  /**
   * @param {string} folder address of the folder, ending with a slash
   * @param {typeof fetch} get
   */
  constructor(folder, get) {
    this.folder = folder;
    this.get = get;
    this.failures = 0;
    this.missing = false;
    /** @type {Map<string, Promise<any>>} */
    this.asked = new Map();
  }

  /**
   * @param {string} path
   * @param {(text: string) => any} parse makes something of the text of the file
   * @returns {Promise<any>} what was made, or null
   */
  read(path, parse) {
    let promise = this.asked.get(path);
    if (!promise) this.asked.set(path, (promise = this.fetched(path, parse)));
    return promise;
  }

  /** @param {string} path @param {(text: string) => any} parse */
  async fetched(path, parse) {
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        return parse(await textOf(this.folder + path, this.get));
      } catch (problem) {
        if (problem instanceof Missing) this.missing = true;
      }
    }
    this.failures++;
    this.asked.delete(path); // so that the next query tries again
    return null;
  }
}

/** The server has no such file: perhaps because the site was published anew. */
class Missing extends Error {}

/**
 * @param {string} url
 * @param {typeof fetch} get
 * @param {RequestInit} [options]
 * @returns {Promise<string>}
 */
async function textOf(url, get, options) {
  const response = await inTime(get(url, options));
  if (response.status === 404 || response.status === 410) throw new Missing(url);
  if (!response.ok) throw new Error(`${response.status} ${url}`);
  return inTime(response.text());
}

/**
 * @template T
 * @param {Promise<T>} promise
 * @returns {Promise<T>}
 */
export function inTime(promise) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("too late")), PATIENCE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
