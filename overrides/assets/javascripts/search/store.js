/**
 * Fetch the files of one build. A file that is missing, broken or late is tried once more, then given up: the caller
 * goes on with what there is, and `failures` tells that something was missing.
 */

const PATIENCE = 4000; // milliseconds for one attempt

export class Store {
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
    this.files = new Map();
  }

  /**
   * @param {string} path
   * @param {(text: string) => any} read makes something of the text of the file
   * @returns {Promise<any>} what was read, or null
   */
  file(path, read) {
    let promise = this.files.get(path);
    if (!promise) this.files.set(path, (promise = this.fetched(path, read)));
    return promise;
  }

  /** @param {string} path @param {(text: string) => any} read */
  async fetched(path, read) {
    for (let attempt = 0; attempt < 2; attempt++) {
      try {
        return read(await textOf(this.folder + path, this.get));
      } catch (problem) {
        if (problem instanceof Missing) this.missing = true;
      }
    }
    this.failures++;
    this.files.delete(path); // so that the next query tries again
    return null;
  }
}

/** The server has no such file: perhaps because the site was published anew. */
export class Missing extends Error {}

/**
 * @param {string} url
 * @param {typeof fetch} get
 * @param {RequestInit} [options]
 * @returns {Promise<string>}
 */
export async function textOf(url, get, options) {
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
function inTime(promise) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error("too late")), PATIENCE);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
