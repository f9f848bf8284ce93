// The library's page while one types: asks the server, and puts its answer in the place of the
// list that the page came with. Without this script the form does the same by loading the page.

const WAIT_MS = 150;
const form = document.querySelector(".kit-library");
const field = form.querySelector("[type=search]");
const results = document.getElementById("kit-results");
const status = document.querySelector(".kit-found-said");
const glossary = document.getElementById("kit-glossary");
let timer = null;
let asked = addressOf(form);
let running = null;

form.addEventListener("input", () => {
  clearTimeout(timer);
  timer = setTimeout(search, WAIT_MS);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(timer);
  asked = null;
  search();
});
if (!field.value) field.focus({ preventScroll: true });

function addressOf(element) {
  const entries = [...new FormData(element)].filter(([name, value]) => name !== "q" || value.trim());
  return new URLSearchParams(entries).toString();
}

async function search() {
  const address = addressOf(form);
  if (address === asked) return;
  asked = address;
  running?.abort();
  running = new AbortController();
  history.replaceState(null, "", address ? `?${address}` : location.pathname);
  const empty = !field.value.trim();
  glossary.hidden = !empty;
  if (empty) {
    show({ said: [], html: "" });
    return;
  }
  results.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(`${form.dataset.api}?${address}`, { signal: running.signal, headers: { Accept: "application/json" } });
    show(await answer.json());
  } catch (error) {
    if (error.name !== "AbortError") say(form.dataset.failed);
  }
}

function show({ said, html, message }) {
  if (html === undefined) {
    say(message);
    return;
  }
  results.removeAttribute("aria-busy");
  results.innerHTML = html; // made by the template that the page is made of
  status.replaceChildren(...said.map((sentence) => paragraph(sentence)));
}

function say(problem) {
  const said = paragraph(problem);
  said.className = "kit-problem";
  results.removeAttribute("aria-busy");
  results.replaceChildren();
  status.replaceChildren(said);
}

function paragraph(text) {
  const element = document.createElement("p");
  element.textContent = text;
  return element;
}
