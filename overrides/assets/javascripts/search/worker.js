/**
 * Run the search beside the page: messages of {number, root, fetched} or {number, text, options}, answered with the
 * number.
 */

import { Session } from "./session.js";

/** @type {Session | undefined} */
let session;

self.addEventListener("message", async ({ data: { number, root, fetched, text, options } }) => {
  try {
    if (root) session = new Session(root, (url, settings) => fetch(url, settings));
    const outcome = root ? (await session?.open(fetched))?.districts : await session?.explore(text, options);
    self.postMessage({ number, outcome });
    if (root) (await session?.open())?.names?.placesOf(); // ready before the first query
  } catch (problem) {
    self.postMessage({ number, problem: String(problem) });
  }
});

self.postMessage({ ready: true });
