/**
 * The entry to the search.
 *
 *     const search = await openSearch("../../");
 *     const results = await search.query("绿源huanbao", { limit: 5 });
 *
 * Opening fetches the index; a page opens when the field gets focus, not before.
 */

import { fetchIndex, inTime } from "./index_files.js";

const START = 5000; // milliseconds that a worker may take to start

/**
 * @typedef {import("./results.js").Result} Result
 * @typedef {import("./engine.js").Outcome} Outcome
 * @typedef {{limit?: number, offset?: number, filters?: Record<string, string[]>, district?: string}} Options
 *   district: one of `districts`, of which alone is answered
 */

/**
 * @typedef {object} Search
 * @property {(text: string, options?: Options) => Promise<Result[] & {partial: boolean}>} query results, best first;
 *   empty when nothing answers; partial if a file of the index could not be fetched
 * @property {(text: string, options?: Options & {counts?: boolean}) => Promise<Outcome>} explore the same with how many
 *   there are, counts for facets, and names that come near
 * @property {[string, string][]} districts id and name of those of a city of many names, which are fetched one by one;
 *   else none
 * @property {() => void} close
 */

/**
 * @param {string} [baseUrl] the root of the site, absolute or relative to the page
 * @param {Promise<import("./index_files.js").FetchedIndex>} [index] if it is on its way
 * @returns {Promise<Search>} rejected if the index cannot be fetched
 */
export async function openSearch(baseUrl = "./", index = undefined) {
  const root = new URL(baseUrl, document.baseURI).href.replace(/\/?$/, "/");
  // Before the worker, which comes meanwhile.
  const fetched = (index ? inTime(index) : fetchIndex(root, (url, settings) => fetch(url, settings))).catch(() => null);
  const session = (await workerSession(root, fetched)) ?? (await pageSession(root, fetched));
  return {
    districts: session.districts ?? [],
    explore: (text, options = {}) => session.explore(String(text), options),
    async query(text, options = {}) {
      const { results, partial } = await session.explore(String(text), options);
      return Object.assign(results, { partial });
    },
    close: () => session.close(),
  };
}

/** @typedef {Promise<import("./index_files.js").FetchedIndex | null>} Fetching null where the index did not come */

/** @param {string} root @param {Fetching} fetched */
async function pageSession(root, fetched) {
  const { Session } = await import("./session.js");
  const session = new Session(root, (url, settings) => fetch(url, settings));
  const { districts } = await session.open(await fetched);
  return { districts, explore: session.explore.bind(session), close() {} };
}

/**
 * Modules in workers came with Chrome 80, Safari 15 and Firefox 114.
 * @param {string} root
 * @param {Fetching} fetched
 * @returns {Promise<(Pick<Search, "explore" | "close"> & Partial<Search>) | null>} null where no worker can start
 */
async function workerSession(root, fetched) {
  const worker = await startedWorker();
  if (!worker) return null;
  const waiting = new Map();
  let last = 0;
  worker.addEventListener("message", ({ data: { number, outcome, problem } }) => {
    const { resolve, reject } = waiting.get(number) ?? {};
    waiting.delete(number);
    if (problem) reject?.(new Error(problem));
    else resolve?.(outcome);
  });
  /** @param {object} message @returns {Promise<any>} */
  const ask = (message) =>
    new Promise((resolve, reject) => {
      waiting.set(++last, { resolve, reject });
      worker.postMessage({ number: last, ...message });
    });
  let districts;
  try {
    districts = await ask({ root, fetched: await fetched });
  } catch (problem) {
    worker.terminate();
    throw problem;
  }
  return { districts, explore: (text, options) => ask({ text, options }), close: () => worker.terminate() };
}

/** @returns {Promise<Worker | null>} */
function startedWorker() {
  return new Promise((resolve) => {
    try {
      const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
      const timer = setTimeout(() => finish(null), START);
      let isFinished = false; // what goes wrong later is the query's, and leaves others their answers
      const finish = (/** @type {Worker | null} */ result) => {
        if (isFinished) return;
        isFinished = true;
        clearTimeout(timer);
        if (!result) worker.terminate();
        resolve(result);
      };
      worker.addEventListener("message", () => finish(worker), { once: true });
      worker.addEventListener("error", () => finish(null), { once: true });
    } catch {
      resolve(null);
    }
  });
}
