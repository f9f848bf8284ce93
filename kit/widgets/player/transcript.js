// What is said, line by line: choose a line to go there, search, and see which one is spoken.

// seek(seconds) goes there; null where there is nothing to seek in.
function newTranscript(info, seek) {
  const words = info.words;
  const element = node("details", { class: "kit-media-transcript" });
  const search = node("input", { type: "search", "aria-label": words.search, placeholder: words.search, autocomplete: "off", spellcheck: "false" });
  const found = node("p", { class: "kit-media-found", role: "status" });
  const list = node("ol", { class: "kit-media-lines", "aria-label": words.transcript });
  element.append(node("summary", {}, words.transcript), search, found, list);
  let lines = []; // { start, end, text, item, button }
  let spoken = null;

  function use(captions) {
    element.hidden = !captions;
    list.lang = captions?.language ?? "";
    spoken = null;
    lines = (captions?.cues ?? []).map(([start, end, text]) => newLine(start, end, text));
    list.replaceChildren(...withChapters(lines, info.chapters));
    filter();
  }

  function newLine(start, end, text) {
    const item = node("li");
    const button = node(seek ? "button" : "span", seek ? { type: "button", tabindex: "-1" } : {});
    const said = node("span", { class: "kit-media-said" }, text);
    button.append(node("span", { class: "kit-media-clock" }, clock(start)), " ", said);
    item.append(button);
    if (seek) button.addEventListener("click", () => { seek(start + INSIDE_SECONDS); makeCurrent(button); });
    return { start, end, text, item, button, said };
  }

  // One stop for Tab; the arrow keys go from line to line.
  function makeCurrent(button) {
    for (const line of lines) line.button.tabIndex = line.button === button ? 0 : -1;
  }

  function filter() {
    const wanted = folded(search.value.trim());
    let count = 0;
    for (const line of lines) {
      const places = wanted ? placesOf(folded(line.text), wanted) : [];
      line.item.hidden = Boolean(wanted) && !places.length;
      if (!line.item.hidden) count += 1;
      mark(line, places, wanted.length);
    }
    for (const heading of list.querySelectorAll(".kit-media-chapter")) heading.hidden = Boolean(wanted);
    const [one, many] = words.found;
    found.textContent = !wanted ? "" : count ? (count === 1 ? one : many).replace("{n}", count) : words.found_none;
    const shown = lines.filter((line) => !line.item.hidden);
    if (seek && shown.length && !shown.some((line) => line.button.tabIndex === 0)) makeCurrent(shown[0].button);
  }

  function mark({ said, text }, places, length) {
    let from = 0;
    const parts = places.flatMap((at) => {
      const part = [text.slice(from, at), node("mark", {}, text.slice(at, at + length))];
      from = at + length;
      return part;
    });
    said.replaceChildren(...parts, text.slice(from));
  }

  function onKey(event) {
    const shown = lines.filter((line) => !line.item.hidden);
    const here = shown.findIndex((line) => line.button === event.target);
    const to = { ArrowDown: here + 1, ArrowUp: here - 1, Home: 0, End: shown.length - 1 }[event.key];
    if (here < 0 || to === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const line = shown[Math.max(0, Math.min(shown.length - 1, to))];
    makeCurrent(line.button);
    line.button.focus();
  }

  // The film is here now: mark the line that is spoken and keep it in view, within the list alone.
  function at(time) {
    const now = lines.findLast((line) => hasBegun(line.start, time)) ?? null;
    if (now === spoken) return;
    spoken?.button.removeAttribute("aria-current");
    now?.button.setAttribute("aria-current", "true");
    spoken = now;
    const inUse = list.contains(document.activeElement) || search.value;
    if (!now || inUse || !element.open) return;
    const top = now.item.offsetTop - list.offsetTop;
    const visible = top >= list.scrollTop && top + now.item.offsetHeight <= list.scrollTop + list.clientHeight;
    if (!visible) list.scrollTop = top - list.clientHeight / 3;
  }

  search.addEventListener("input", filter);
  list.addEventListener("keydown", onKey);
  return { element, use, at };
}

// The lines with each chapter's title before its first one.
function withChapters(lines, chapters) {
  const left = [...chapters];
  return lines.flatMap((line) => {
    const titles = [];
    while (left.length && hasBegun(left[0][0], line.start)) titles.push(left.shift()[2]);
    const title = titles.at(-1);
    return title ? [node("li", { class: "kit-media-chapter" }, title), line.item] : [line.item];
  });
}

function placesOf(text, wanted) {
  const places = [];
  for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + wanted.length)) places.push(at);
  return places;
}

// As it is compared: small letters without accents, as many signs as before.
const folded = (text) => text.split("").map((sign) => sign.normalize("NFD")[0].toLowerCase()[0]).join("");
