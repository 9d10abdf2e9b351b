/** The files of a finder's data. Each is fetched once. */

export class JsonFiles {
  /** @param {string} first address of the first file */
  constructor(first) {
    this.address = new URL(first, document.baseURI);
    /** @type {Map<string, Promise<any>>} */
    this.files = new Map();
    this.hasFirst = false;
  }

  /** @returns {Promise<any>} the file from which all others start */
  async first() {
    const data = await this.file(this.address.href);
    this.hasFirst = true;
    return data;
  }

  /**
   * Fetch a file once; one that did not come is asked for again.
   * @param {string} address absolute, or relative to the first file
   * @returns {Promise<any>}
   */
  file(address) {
    const { href } = new URL(address, this.address);
    if (!this.files.has(href)) {
      this.files.set(href, fetchJson(href));
      this.files.get(href).catch(() => this.files.delete(href));
    }
    return this.files.get(href);
  }
}

/** @param {string} address @returns {Promise<any>} */
async function fetchJson(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(response.statusText);
  return response.json();
}
