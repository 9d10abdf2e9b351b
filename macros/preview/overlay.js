// Keeps a previewed page up to date: loads it again after a good build, and shows what is wrong after a failed one.
// The preview server adds this script to the pages that it serves; it is no part of the site.

const script = document.currentScript;
const shown = Number(script.dataset.version);
const host = document.createElement("kepu-preview");
const shadow = host.attachShadow({ mode: "open" });
let events = null;

function element(name, text, ...children) {
  const node = document.createElement(name);
  if (text) node.textContent = text;
  node.append(...children);
  return node;
}

function stylesheet() {
  const link = element("link");
  link.rel = "stylesheet";
  link.href = "/__kepu__/overlay.css";
  return link;
}

function item({ path, line, column, level, message }) {
  return element("li", "", element("code", `${path}:${line}:${column}`), element("span", `${level}：${message}`));
}

function panel({ summary, problems, details }) {
  const close = element("button", "收起");
  close.type = "button";
  close.addEventListener("click", () => host.remove());
  const section = element("section", "", element("header", "", element("h2", summary), close));
  section.setAttribute("role", "alert");
  if (problems.length) section.append(element("ol", "", ...problems.map(item)));
  if (details) section.append(element("pre", details));
  return section;
}

function show(state) {
  if (state.version !== shown) {
    location.reload();
  } else if (state.failed) {
    shadow.replaceChildren(stylesheet(), panel(state));
    document.documentElement.append(host);
  } else {
    host.remove();
  }
}

function listen() {
  events ??= new EventSource("/__kepu__/events");
  events.onmessage = (event) => show(JSON.parse(event.data));
}

// A browser opens six connections to one host: tabs in the background must not hold them all.
function pause() {
  events?.close();
  events = null;
}

document.addEventListener("visibilitychange", () => (document.hidden ? pause() : listen()));
addEventListener("pagehide", pause);
addEventListener("pageshow", listen);
