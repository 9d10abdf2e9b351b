/**
 * Whether a place is open now, worked out from the entries that stand on its page (opening/sentence.js).
 * Days and hours are those of Asia/Shanghai, wherever the reader's clock is.
 */

/**
 * Read a point of time as people in China do.
 * @param {Date} date
 * @returns {{day: string, minutes: number}} day as 2026-05-03, and minutes since its midnight
 */
export function inShanghai(date) {
  const format = new Intl.DateTimeFormat("en-GB", {
    timeZone: "Asia/Shanghai", year: "numeric", month: "2-digit", day: "2-digit",
    hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  const parts = Object.fromEntries(format.formatToParts(date).map(({ type, value }) => [type, value]));
  return {
    day: `${parts.year}-${parts.month}-${parts.day}`,
    minutes: Number(parts.hour) * 60 + Number(parts.minute),
  };
}

/** Show today's sentence on the page, and keep it right while the page stays open. */
export function startOpeningHours() {
  document.querySelectorAll("[data-opening]").forEach((place) => showToday(place).catch(console.warn));
}

/** @param {Element} place */
async function showToday(place) {
  const { sentence } = await import("./opening/sentence.js");
  const schedule = JSON.parse(place.querySelector("[data-opening-schedule]").textContent);
  const line = place.querySelector("[data-opening-today]");
  const show = () => {
    line.textContent = sentence(schedule, inShanghai(new Date()));
    line.hidden = line.textContent === "";
  };
  show();
  setInterval(show, 60_000);
}
