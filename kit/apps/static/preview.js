// In `kit preview` a page follows the author's editor: it loads itself anew once something was
// saved, and keeps the place. Loaded by page.js; nothing of it is on a student's page.

const ASK_EVERY_MS = 500;
const PLACE = `kit-preview-place${location.pathname}`;
const PROBLEM = "#kit-cells .kit-problem[role=alert]:not(:empty):not(.kit-check *)"; // of the lesson itself
const LINE = 120; // px from the top: the text that crosses it is what is being read

export function follow(preview) {
  const style = document.createElement("link");
  style.rel = "stylesheet";
  style.href = preview.style;
  document.head.append(style);
  // An author's outputs change their size: the room that was kept for them would stay empty.
  document.getElementById("kit-room")?.remove();
  const place = keepThePlace();
  const load = () => {
    place.leave();
    location.reload();
  };
  showStrip(preview, load);
  watch(preview, load);
}

// Several saves in a row are one: the page waits until two answers are the same.
async function watch({ state_url, digest }, load) {
  let before = digest;
  for (;;) {
    await new Promise((done) => setTimeout(done, ASK_EVERY_MS));
    const now = await ask(state_url);
    if (now && now !== digest && now === before) return load();
    before = now ?? before;
  }
}

async function ask(url) {
  try {
    const answer = await fetch(url, { cache: "no-store" });
    return answer.ok ? (await answer.json()).digest : null;
  } catch {
    return null; // the server has stopped, or is being started again
  }
}

function showStrip({ state_url, links, words }, load) {
  const strip = document.createElement("aside");
  strip.className = "kit-preview";
  strip.setAttribute("aria-label", words.preview);
  const said = document.createElement("p");
  said.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = words.start_over;
  button.addEventListener("click", async () => {
    const headers = { "X-XSRFToken": document.cookie.match(/(?:^|; )_xsrf=([^;]*)/)?.[1] ?? "" };
    const answer = await fetch(state_url, { method: "POST", headers }).catch(() => null);
    if (!answer?.ok) return;
    sessionStorage.clear(); // what was typed is the former student's
    history.replaceState(null, "", location.pathname + location.search);
    location.reload();
  });
  strip.append(said, button, ...links.map(({ url, words }) => {
    const link = document.createElement("a");
    link.href = url;
    link.target = "_blank"; // beside the page, which follows what is saved there
    link.textContent = words;
    return link;
  }));
  document.body.append(strip);
  const tell = () => {
    // Far down the page an author would not see it where it stands.
    const problem = document.querySelector(PROBLEM)?.textContent ?? "";
    said.textContent = problem || words.reloads;
    said.classList.toggle("kit-problem-words", Boolean(problem));
  };
  tell();
  const cells = document.getElementById("kit-cells");
  if (cells) new MutationObserver(tell).observe(cells, { childList: true, subtree: true });
}

// The same text at the same height, while outputs arrive above it, until the author moves.
function keepThePlace() {
  history.scrollRestoration = "manual";
  const kept = readPlace();
  let moved = !kept;
  if (kept) {
    history.replaceState(null, "", location.pathname + location.search); // the place, not the section
    const back = () => {
      const text = document.getElementById(kept.id);
      if (!moved && text) window.scrollBy({ top: text.getBoundingClientRect().top - kept.top, behavior: "instant" });
    };
    const cells = document.getElementById("kit-cells");
    if (cells) new ResizeObserver(back).observe(cells);
    back();
    for (const name of ["wheel", "touchmove", "keydown", "pointerdown"]) {
      window.addEventListener(name, () => { moved = true; }, { once: true, passive: true });
    }
  }
  return { leave: () => writePlace((moved && placeNow()) || kept) };
}

function placeNow() {
  const texts = [...document.querySelectorAll("#kit-cells .kit-text")];
  const read = texts.findLast((text) => text.getBoundingClientRect().top < LINE) ?? texts[0];
  return read && { id: read.id, top: read.getBoundingClientRect().top };
}

function readPlace() {
  try {
    const place = JSON.parse(sessionStorage.getItem(PLACE));
    sessionStorage.removeItem(PLACE);
    return place;
  } catch {
    return null; // a browser that keeps nothing
  }
}

function writePlace(place) {
  try {
    if (place) sessionStorage.setItem(PLACE, JSON.stringify(place));
  } catch { /* likewise */ }
}
