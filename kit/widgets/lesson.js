// The bar of a lesson in a notebook; in the app, the link between the page around the lesson and
// the journal: the page hears what is done, the journal hears which section is being read.

function render({ model, el }) {
  const lesson = model.get("lesson");
  return lesson.in_app ? connectPage(model, lesson, el) : showBar(model, lesson, el);
}

function showBar(model, lesson, el) {
  const bar = document.createElement("div");
  bar.className = "kit kit-lesson";
  const title = document.createElement("strong");
  title.textContent = lesson.title;
  const meter = document.createElement("progress");
  meter.setAttribute("aria-label", lesson.title);
  const words = document.createElement("span");
  const problem = document.createElement("span");
  problem.className = "kit-lesson-problem";
  problem.setAttribute("role", "alert");
  bar.append(title, meter, words);
  const base = serverBase();
  if (base) {
    bar.append(link(`${base}kit/lesson/${encodeURIComponent(lesson.id)}`, lesson.words.app), link(`${base}kit/`, lesson.words.home));
  }
  bar.append(problem);
  el.append(bar);
  const show = () => {
    const now = model.get("progress");
    meter.max = Math.max(1, now.total);
    meter.value = now.done;
    words.textContent = now.words;
    problem.textContent = now.problem;
    problem.hidden = !now.problem;
  };
  model.on("change:progress", show);
  show();
  return () => model.off("change:progress", show);
}

function connectPage(model, lesson, el) {
  el.hidden = true;
  const tell = () => window.dispatchEvent(new CustomEvent("kit:progress", { detail: model.get("progress") }));
  const opened = (event) => model.send({ opened: event.detail });
  model.on("change:progress", tell);
  window.addEventListener("kit:opened", opened);
  tell();
  return () => {
    model.off("change:progress", tell);
    window.removeEventListener("kit:opened", opened);
  };
}

function serverBase() {
  const config = document.getElementById("jupyter-config-data");
  return config ? JSON.parse(config.textContent).baseUrl : "";
}

function link(href, text) {
  const element = document.createElement("a");
  element.href = href;
  element.textContent = text;
  return element;
}

export default { render };
