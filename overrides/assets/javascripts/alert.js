/**
 * Takes the alert off the page once its last day is over in China, before the page is painted, so that nothing moves; and
 * when a page that stayed open is seen again. A classic script in the head, for pages that have an alert alone.
 */
(function () {
  const { until } = document.currentScript.dataset;
  const CHINA = 8 * 60 * 60 * 1000; // ahead of universal time, all year

  function look() {
    const today = new Date(Date.now() + CHINA).toISOString().slice(0, 10);
    if (today > until) document.documentElement.setAttribute("data-alert", "over");
  }

  look();
  document.addEventListener("visibilitychange", look);
})();
