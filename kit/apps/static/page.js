// What a page of the kit does besides its widgets: theme, outline, where the learner is, and
// saying in words when the lesson's code or the server has stopped.

const page = JSON.parse(document.getElementById("kit-page").textContent);
const words = page.words;
const ASK_AGAIN_MS = 2000;
const READ_FOR_MS = 1500; // a section counts as opened when it stays on the screen for so long

setUpTheme();
if (page.preview) {
  window.kitDrafts = window.sessionStorage; // what is typed here is not the author's own (check.js)
  import(page.preview.script).then(({ follow }) => follow(page.preview));
}
if (page.forgets) window.kitDrafts = { getItem: () => null, setItem() {}, removeItem() {} };
window.addEventListener("pageshow", (event) => {
  if (event.persisted && page.kind !== "lesson") location.reload(); // Back to Home: with what was done since
});
if (page.kind === "lesson") {
  if (page.sections.length) setUpDrawer();
  setUpOutline();
  setUpReading();
  keepRoomForOutputs();
  stayAtTheAnchor();
  describeOutputs();
  watchTheKernel();
}

function setUpTheme() {
  const button = document.querySelector(".kit-theme");
  const root = document.documentElement;
  const name = () => {
    button.textContent = root.dataset.kitTheme === "dark" ? button.dataset.light : button.dataset.dark;
  };
  button.addEventListener("click", () => {
    root.dataset.kitTheme = root.dataset.kitTheme === "dark" ? "light" : "dark";
    try {
      localStorage.setItem("kit-theme", root.dataset.kitTheme);
    } catch { /* a private window: for this page only */ }
    name();
  });
  name();
}

function setUpDrawer() {
  const button = document.querySelector(".kit-outline-button");
  const outline = document.getElementById("kit-outline");
  const set = (open) => {
    outline.classList.toggle("kit-open", open);
    button.setAttribute("aria-expanded", String(open));
  };
  button.addEventListener("click", () => {
    set(!outline.classList.contains("kit-open"));
    outline.querySelector("a")?.focus();
  });
  outline.addEventListener("click", (event) => event.target.closest("a") && set(false));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && outline.classList.contains("kit-open")) {
      set(false);
      button.focus();
    }
  });
}

// The lesson's widget says what is done.
function setUpOutline() {
  window.addEventListener("kit:progress", ({ detail }) => {
    for (const element of document.querySelectorAll("[data-kit-words]")) element.textContent = detail.words;
    for (const [id, { done, total }] of Object.entries(detail.sections)) {
      const link = document.querySelector(`[data-section="${CSS.escape(id)}"]`);
      if (!link) continue;
      link.querySelector(".kit-mark").dataset.mark = !total ? "none" : done === total ? "full" : done ? "half" : "empty";
      link.querySelector("[data-count]").textContent = total ? `(${done}/${total})` : "";
    }
    document.querySelector("[data-kit-finished]").hidden = !detail.total || detail.done < detail.total;
    if (detail.problem) banner(detail.problem);
    const status = document.querySelector(".kit-status");
    status.textContent = "";
  });
}

// Which section is being read: marked in the outline at once, kept in the journal after a while,
// and only once the learner has moved, so that a page which merely opened at its top moves nothing.
function setUpReading() {
  const headings = page.sections.map(({ id }) => document.getElementById(id)).filter(Boolean);
  let current = null;
  let timer = null;
  let moved = Boolean(location.hash);
  const see = () => {
    const line = window.innerHeight * 0.4;
    const seen = headings.findLast((heading) => heading.getBoundingClientRect().top < line);
    if (!seen || seen === current) return;
    current = seen;
    for (const link of document.querySelectorAll("[data-section]")) {
      if (link.dataset.section === seen.id) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    clearTimeout(timer);
    timer = setTimeout(() => moved && window.dispatchEvent(new CustomEvent("kit:opened", { detail: seen.id })), READ_FOR_MS);
  };
  for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) {
    window.addEventListener(name, () => { moved = true; }, { passive: true });
  }
  window.addEventListener("scroll", see, { passive: true });
  see();
}

// Outputs arrive after the text and push it down: keep the asked-for section in view until the
// learner moves.
function stayAtTheAnchor() {
  let target = location.hash && document.querySelector(`[id="${CSS.escape(hashOfThisPage())}"]`);
  if (!target) return;
  const stop = () => { target = null; };
  for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) window.addEventListener(name, stop, { once: true, passive: true });
  new ResizeObserver(() => target?.scrollIntoView({ behavior: "instant" })).observe(document.getElementById("kit-cells"));
}

// Who comes back finds each output's room kept as it was left, so that nothing below it moves when
// it arrives: the template's first script makes a style of these heights, before the first paint.
function keepRoomForOutputs() {
  const cells = [...document.querySelectorAll(".kit-cell")];
  window.addEventListener("resize", () => document.getElementById("kit-room")?.remove());
  window.addEventListener("pagehide", () => {
    if (cells.some((cell) => !cell.querySelector(".jp-Cell-outputWrapper"))) return; // not all have come
    const heights = cells.map((cell) => [cell.getAttribute("cell-index"), cell.firstElementChild.offsetHeight]);
    try {
      localStorage.setItem(`kit-room/${location.pathname}`, JSON.stringify({ width: innerWidth, cells: Number(document.getElementById("kit-cells").dataset.cells), heights }));
    } catch { /* a private window */ }
  });
}

// What every output needs for those who do not see it or use no mouse: the author's description of
// a figure, and a way to scroll a wide table by keyboard.
function describeOutputs() {
  const describe = () => {
    // The lesson could not be set up: nothing is getting ready any more.
    if (document.querySelector("#kit-cells .kit-problem[role=alert]:not(.kit-check *)")) document.querySelector(".kit-status").textContent = "";
    for (const image of document.querySelectorAll(".kit-cell[data-alt] img:not([alt])")) {
      image.alt = image.closest(".kit-cell").dataset.alt;
    }
    for (const table of document.querySelectorAll(".kit-cell .jp-RenderedHTML:not([tabindex]):has(table)")) {
      scrollable(table, words.table);
    }
    for (const text of document.querySelectorAll(".kit-cell .jp-RenderedText pre:not([tabindex])")) {
      scrollable(text, words.output);
    }
  };
  const scrollable = (element, label) => {
    element.tabIndex = 0;
    element.setAttribute("role", "group");
    element.setAttribute("aria-label", label);
  };
  for (const code of document.querySelectorAll(".kit-code pre, .kit-text pre")) scrollable(code, words.code);
  new MutationObserver(describe).observe(document.getElementById("kit-cells"), { childList: true, subtree: true });
}

function hashOfThisPage() {
  try {
    return decodeURIComponent(location.hash.slice(1));
  } catch {
    return ""; // a stray % in the address
  }
}

async function watchTheKernel() {
  const kernel = await frontendKernel();
  let stopped = false;
  kernel.statusChanged.connect((_, status) => {
    if (["autorestarting", "restarting", "dead", "terminating"].includes(status)) {
      stopped = true;
      banner(words.stopped, words.bring_back);
    }
  });
  kernel.connectionStatusChanged.connect((_, status) => {
    if (status === "connected" && !stopped) banner("");
    else if (status !== "connected") setTimeout(() => kernel.connectionStatus !== "connected" && !stopped && waitForTheServer(kernel), 500);
  });
}

async function frontendKernel() {
  while (!window.jupyterapp?.widgetManager) await new Promise((done) => setTimeout(done, 50));
  return window.jupyterapp.widgetManager.kernel;
}

let waiting = false;
async function waitForTheServer(kernel) {
  if (waiting) return;
  waiting = true;
  banner(words.no_server);
  while (kernel.connectionStatus !== "connected") {
    const answer = await fetch(page.alive_url).catch(() => null);
    if (answer) {
      banner(words.server_back, words.bring_back);
      break;
    }
    await new Promise((done) => setTimeout(done, ASK_AGAIN_MS));
  }
  waiting = false;
}

function banner(text, action = "") {
  const element = document.querySelector(".kit-banner");
  element.hidden = !text;
  element.replaceChildren();
  if (!text) return;
  const said = document.createElement("p");
  said.textContent = text;
  element.append(said);
  if (!action) return;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = action;
  button.addEventListener("click", () => {
    const here = document.querySelector("[data-section][aria-current]");
    if (here) history.replaceState(null, "", `#${here.dataset.section}`);
    location.reload();
  });
  element.append(button);
}
