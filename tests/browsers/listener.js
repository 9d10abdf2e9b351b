/** Notes in the session of a tab what WebKit's driver does not tell: errors, refusals, files that don't come, what is written to the console. */
"use strict";

let isLeft = false; // what was still under way is given up then, which is no fault
addEventListener("beforeunload", () => (isLeft = true));

const note = (what) => {
  if (isLeft) return;
  const noted = JSON.parse(sessionStorage.getItem("complaints") ?? "[]");
  sessionStorage.setItem("complaints", JSON.stringify([...noted, String(what)]));
};
const noteError = ({ message, filename, target }) => note(message ? `${message} ${filename}` : `not loaded: ${target.src ?? target.href}`);

addEventListener("error", noteError, true);
addEventListener("unhandledrejection", ({ reason }) => note(reason));
addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => note(`${effectiveDirective} ${blockedURI}`));
for (const name of ["error", "warn", "assert"]) {
  const write = console[name];
  console[name] = (...words) => {
    if (name !== "assert" || !words[0]) note(words.join(" "));
    write.apply(console, words);
  };
}
globalThis.Worker = class extends Worker {
  constructor(...settings) {
    super(...settings);
    this.addEventListener("error", noteError);
  }
};
