// The bar of a lesson in a notebook; in the app, the link between the page around the lesson and
// the journal: the page hears what is done, the journal hears which section is being read.

function render({ model, el }) {
  const lesson = model.get("lesson");
  const tabs = otherTabs(lesson.place, () => send(model, { refresh: true }));
  const end = lesson.in_app ? connectPage(model, el) : showBar(model, lesson, el);
  return () => {
    tabs.close();
    end();
  };
}

function showBar(model, lesson, el) {
  const bar = node("div", { class: "kit kit-lesson" });
  const meter = node("progress", { "aria-label": lesson.title });
  const words = node("span");
  const problem = node("div", { class: "kit-problem", role: "alert" });
  bar.append(node("strong", {}, lesson.title), meter, words);
  if (serverUrl()) {
    bar.append(
      node("a", { href: serverUrl("kit/lesson", lesson.id) }, lesson.words.app),
      node("a", { href: serverUrl("kit/") }, lesson.words.home),
    );
  }
  bar.append(problem);
  el.append(bar);
  const show = () => {
    const now = model.get("progress");
    meter.max = Math.max(1, now.total);
    meter.value = now.done;
    words.textContent = now.words;
    problem.textContent = now.problem;
  };
  model.on("change:progress", show);
  show();
  return () => model.off("change:progress", show);
}

function connectPage(model, el) {
  el.hidden = true;
  const tell = () => window.dispatchEvent(new CustomEvent("kit:progress", { detail: model.get("progress") }));
  const opened = (event) => send(model, { opened: event.detail });
  model.on("change:progress", tell);
  window.addEventListener("kit:opened", opened);
  tell();
  return () => {
    model.off("change:progress", tell);
    window.removeEventListener("kit:opened", opened);
  };
}

export default { render };
