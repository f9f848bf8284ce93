// The page of grading while it is open: asks the server what there is to see, and puts what has
// changed in its place. Without this script the forms do the same by loading the page.

const BUSY_MS = 700;
const IDLE_MS = 4000;
const { api, lost } = document.getElementById("kit-grading").dataset;
const status = document.querySelector(".kit-status");
const refused = document.getElementById("kit-refused");
const problem = document.getElementById("kit-course-problem");
const shown = new Map(); // what each place holds, as the server wrote it
let timer = null;
let round = 0;

document.addEventListener("submit", act);
document.addEventListener("visibilitychange", () => document.hidden || ask("?look=1"));
ask();

async function ask(query = "") {
  clearTimeout(timer);
  const mine = ++round;
  let wait = IDLE_MS;
  try {
    const answer = await fetch(api + query, { headers: { Accept: "application/json" }, cache: "no-cache" });
    if (!answer.ok) throw new Error(answer.status);
    const state = await answer.json();
    if (mine !== round) return;
    show(state);
    wait = state.busy ? BUSY_MS : IDLE_MS;
  } catch {
    if (mine !== round) return;
    say(status, lost);
  }
  timer = setTimeout(ask, wait);
}

async function act(event) {
  if (!event.target.matches(".kit-does")) return;
  event.preventDefault();
  const data = new FormData(event.target, event.submitter);
  const card = event.target.closest("[data-card]");
  event.submitter.setAttribute("aria-busy", "true");
  say(refused, "");
  try {
    const answer = await fetch(location.pathname, { method: "POST", body: new URLSearchParams(data), headers: { Accept: "application/json" } });
    if (!answer.ok) say(refused, (await answer.json()).message);
  } catch {
    say(refused, lost);
  }
  event.submitter.removeAttribute("aria-busy");
  await ask();
  if (document.activeElement === document.body) (card.querySelector("button:enabled") ?? card.querySelector("h2")).focus();
}

function show(state) {
  const cards = [...document.querySelectorAll("[data-card]")];
  const ids = state.cards.map(({ id }) => id);
  if (String(cards.map((card) => card.dataset.card)) !== String(ids)) return location.reload();
  say(status, state.status);
  say(problem, state.problem);
  cards.forEach((card, number) => {
    for (const part of ["facts", "does", "told"]) put(card.querySelector(`[data-part=${part}]`), state.cards[number][part]);
    putRows(card.querySelector(".kit-graded"), state.cards[number].rows);
  });
}

function say(element, text) {
  if (element.textContent !== text) element.textContent = text;
  if (element !== status) element.hidden = !text;
}

// A form that changes keeps the focus: on the same button, or on the one that has come in its place.
function put(place, html) {
  if (shown.get(place) === html) return;
  shown.set(place, html);
  const held = place.contains(document.activeElement) ? document.activeElement : null;
  place.innerHTML = html; // made by the template that the page is made of
  if (held) (place.querySelector(`[value="${held.value}"]:enabled`) ?? place.querySelector("button:enabled, a") ?? place.closest("[data-card]").querySelector("h2")).focus();
}

// Rows come and go one by one, so that who reads the list, or is on a link in it, stays there.
function putRows(region, rows) {
  region.hidden = !rows.length;
  const body = region.querySelector("tbody");
  const there = new Map([...body.rows].map((row) => [row.dataset.student, row]));
  rows.forEach(([student, html], number) => {
    const row = there.get(student) ?? document.createElement("tr");
    there.delete(student);
    row.dataset.student = student;
    if (shown.get(row) !== html) {
      shown.set(row, html);
      if (!row.contains(document.activeElement)) row.innerHTML = html;
    }
    if (body.rows[number] !== row) body.insertBefore(row, body.rows[number] ?? null);
  });
  for (const row of there.values()) row.remove();
}
