// A lesson's slides, one at a time. All lie in one cell of a grid, so that turning them moves
// nothing on the page; the shown one is the only one that can be seen, reached and heard.

const THUMB_WIDTH = 320; // pixels of a small picture; it is shown at half of that

function render({ model, el }) {
  const info = model.get("slides");
  const { words, pages } = info;
  const root = node("div", { class: "kit kit-slides", role: "group", "aria-label": info.title, "data-item": info.item, "data-lm-suppress-shortcuts": "true" });
  root.append(node("p", { class: "kit-slides-title" }, info.title));
  el.append(root);
  if (info.problem) {
    root.append(node("p", { class: "kit-problem", role: "alert" }, info.problem));
    return () => {};
  }

  const pictures = info.images ? newPictures(model, info.widest) : null;
  const named = (n) => [words.at.replace("{n}", n).replace("{of}", pages.length), pages[n - 1].title].filter(Boolean).join(": ");
  const slides = pages.map((page, index) => slideOf(page, named(index + 1), words));
  const stage = node("div", { class: "kit-slides-stage" });
  stage.append(...slides);

  const previous = button(words.previous);
  const next = button(words.next);
  const place = node("span", { class: "kit-slides-place", "aria-hidden": "true" });
  const announced = node("p", { class: "kit-slides-announced", role: "status" });
  const overview = button(words.overview, { "aria-expanded": "false" });
  const notes = button(words.notes, { "aria-expanded": "false" });
  const bar = node("div", { class: "kit-slides-bar" });
  bar.append(previous, place, next, node("span", { class: "kit-slides-space" }), overview);
  const hasNotes = pages.some((page) => page.notes);
  if (hasNotes) bar.append(notes);
  bar.append(printer());
  const said = node("div", { class: "kit-slides-notes", hidden: "" });
  const grid = node("div", { class: "kit-slides-thumbs", hidden: "" });
  root.append(stage, bar, node("p", { class: "kit-slides-keys" }, hasNotes ? words.keys_notes : words.keys), announced, said, grid);

  const key = `kit-slide/${info.place}`;
  let at = 0;
  let touched = false;

  function show(n, { quietly = false } = {}) {
    const to = Math.min(Math.max(Math.trunc(n) || 1, 1), pages.length);
    if (to === at) return;
    const hadFocus = slides[at - 1]?.contains(document.activeElement);
    at = to;
    slides.forEach((slide, index) => slide.classList.toggle("kit-shown", index === at - 1));
    if (hadFocus) slides[at - 1].focus({ preventScroll: true }); // which reads its name out
    place.textContent = `${at} / ${pages.length}`;
    said.textContent = pages[at - 1].notes;
    previous.setAttribute("aria-disabled", String(at === 1));
    next.setAttribute("aria-disabled", String(at === pages.length));
    for (const [index, thumb] of [...grid.children].entries()) thumb.toggleAttribute("aria-current", index === at - 1);
    for (const n of [at, at + 1]) pictures?.draw(slides[n - 1]?.querySelector("img"), n, Math.ceil(stage.clientWidth * devicePixelRatio) || 1280);
    if (quietly) return;
    announced.textContent = hadFocus ? "" : named(at);
    store(key, at);
    if (!touched) send(model, { do: "opened" });
    touched = true;
  }

  function toggle(what, element) {
    element.hidden = !element.hidden;
    what.setAttribute("aria-expanded", String(!element.hidden));
  }
  function toggleOverview() {
    if (!grid.children.length) fillOverview();
    toggle(overview, grid);
  }
  function fillOverview() {
    pages.forEach((page, index) => {
      const thumb = node("button", { type: "button", class: "kit-slides-thumb" });
      const small = node("span", { class: "kit-slides-small", "aria-hidden": "true", inert: "" });
      small.append(info.images ? node("img", { alt: "" }) : htmlNode("span", page.html));
      thumb.append(small, node("span", {}, `${index + 1}. ${page.title}`));
      thumb.toggleAttribute("aria-current", index === at - 1);
      thumb.addEventListener("click", () => {
        show(index + 1);
        toggleOverview();
        slides[at - 1].focus({ preventScroll: true });
        stage.scrollIntoView({ block: "nearest" });
      });
      grid.append(thumb);
      pictures?.draw(small.querySelector("img"), index + 1, THUMB_WIDTH);
    });
  }
  function printer() {
    const file = info.images && serverUrl("kit/media", info.lesson, info.item);
    if (file) return node("a", { class: "kit-slides-button", href: file, target: "_blank", rel: "noopener" }, words.file);
    const print = button(words.print);
    if (info.images) print.hidden = true;
    print.addEventListener("click", () => printAlone(info.title, pages.map((page) => {
      const sheet = node("section", { class: "kit-print-sheet" });
      sheet.append(htmlNode("div", page.html), node("div", { class: "kit-print-notes" }, page.notes));
      return sheet;
    })));
    return print;
  }

  previous.addEventListener("click", () => show(at - 1));
  next.addEventListener("click", () => show(at + 1));
  overview.addEventListener("click", toggleOverview);
  notes.addEventListener("click", () => toggle(notes, said));
  const back = () => show(at - 1);
  const on = () => show(at + 1);
  onKeys(root, {
    arrowleft: back, pageup: back, arrowright: on, pagedown: on,
    home: () => show(1), end: () => show(pages.length),
    t: toggleOverview,
    n: () => hasNotes && toggle(notes, said),
    escape: () => { if (!grid.hidden) { toggleOverview(); overview.focus(); } },
  });

  const asked = new URLSearchParams(location.search);
  const wanted = asked.get("slide") === info.item ? Number(asked.get("n")) : stored(key, 1);
  show(wanted, { quietly: true });
  return () => pictures?.close();
}

function slideOf(page, name, words) {
  const slide = node("div", { class: "kit-slide", role: "group", "aria-roledescription": words.slide, "aria-label": name, tabindex: "0" });
  if (page.html) slide.innerHTML = page.html; // made safe in Python (markdown.py)
  else slide.append(node("img", { alt: page.text || name }));
  return slide;
}

function button(text, attributes = {}) {
  return node("button", { type: "button", class: "kit-slides-button", ...attributes }, text);
}

// The pages of a PDF are drawn in Python, each when it is looked at, at most `widest` pixels wide, and
// kept.
function newPictures(model, widest) {
  const waiting = new Map(); // "n/width" → images
  const made = new Map(); // "n/width" → address
  const onMessage = (message, buffers) => {
    if (message.do !== "page") return;
    const name = `${message.n}/${message.width}`;
    for (const image of waiting.get(name) ?? []) {
      if (message.message) image.replaceWith(node("p", { class: "kit-problem" }, message.message));
      else {
        if (!made.has(name)) made.set(name, URL.createObjectURL(new Blob([buffers[0]], { type: "image/png" })));
        image.src = made.get(name);
      }
    }
    waiting.delete(name);
  };
  model.on("msg:custom", onMessage);
  return {
    draw(image, n, width) {
      if (!image || image.src || image.dataset.asked) return;
      image.dataset.asked = "";
      const size = Math.min(width, widest);
      const name = `${n}/${size}`;
      waiting.set(name, [...(waiting.get(name) ?? []), image]);
      send(model, { do: "page", n, width: size });
    },
    close() {
      model.off("msg:custom", onMessage);
      for (const address of made.values()) URL.revokeObjectURL(address);
    },
  };
}

export default { render };
