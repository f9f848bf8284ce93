// A check in the browser: shows the question and the state that Python sends, sends what the
// learner does. It never knows the answer.

const ICONS = {
  passed: '<path d="M4 10.5l4 4 8-9" fill="none" stroke="currentColor" stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/>',
  failed: '<circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="2"/><path d="M10 5.5V10l3 2.2" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/>',
  not_attempted: '<circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="2" stroke-dasharray="3 3"/>',
  broken: '<path d="M10 2l8.5 15h-17z" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round"/><path d="M10 8v4M10 14.2v.3" stroke="currentColor" stroke-width="2" stroke-linecap="round"/>',
};
const NO_ANSWER_AFTER_MS = 8000;

function render({ model, el }) {
  let question = model.get("question");
  const words = question.words;
  const state = () => model.get("state");
  const root = node("div", { class: "kit kit-check", role: "group", "data-check": question.id });
  const promptId = `kit-prompt-${question.id}-${Math.random().toString(36).slice(2, 8)}`;
  root.setAttribute("aria-labelledby", promptId);
  const tabs = otherTabs(question.place, () => send(model, { do: "refresh" }));

  let drafts = draftStore(question.draft);
  let draft = drafts.read();
  let typed = draft !== null; // since the last check, in this tab
  let input = ask();
  const confidence = confidenceInput({
    words,
    name: `${promptId}-sure`,
    initial: draft?.sure || state().confidence,
    onChange: keep,
    onCheck: () => act("check"),
  });

  function ask() {
    return INPUTS[question.editor ? "editor" : question.kind]({
      question,
      words,
      promptId,
      initial: draft?.answer ?? state().answer,
      onChange: keep,
      onCheck: () => act("check"),
      onRun: () => act("run"),
    });
  }

  function keep() {
    typed = true;
    drafts.write({ answer: input.value(), sure: confidence.value() });
    markStale();
  }

  // Another variant: its own question, input and draft in the same place.
  function askAnew() {
    question = model.get("question");
    input.destroy?.();
    const before = input.element;
    drafts = draftStore(question.draft);
    draft = drafts.read();
    typed = draft !== null;
    input = ask();
    before.replaceWith(input.element);
    confidence.set(draft?.sure ?? "");
    input.element.querySelector("input, textarea, select, button")?.focus();
  }

  const parts = {
    check: button(words.check, "kit-primary", () => act("check")),
    run: button(words.run, "", () => act("run")),
    hint: button(words.hint, "", () => act("hint")),
    reveal: button(words.reveal, "", () => act("reveal")),
    another: button(words.another, "", () => act("another")),
    startOver: button(words.start_over, "kit-quiet", startOver),
    output: node("div", { class: "kit-check-output" }),
    feedback: node("div", { class: "kit-check-feedback", role: "status", "aria-live": "polite" }),
    problem: node("div", { class: "kit-problem", role: "alert" }),
    saved: node("p", { class: "kit-check-saved" }),
    tried: node("p", { class: "kit-check-tried" }),
    hints: node("div", { class: "kit-check-hints", role: "status", "aria-live": "polite" }),
    solution: node("div", { class: "kit-check-solution" }),
    points: node("fieldset", { class: "kit-check-points" }),
  };
  const actions = node("div", { class: "kit-check-actions" });
  actions.append(parts.check);
  if (question.editor) actions.append(parts.run);
  actions.append(parts.hint, parts.reveal);
  if (question.practice) actions.append(parts.another);
  if (question.editor) actions.append(parts.startOver);
  root.append(input.element, ...(question.confidence ? [confidence.element] : []), actions,
    parts.problem, parts.feedback, parts.saved, parts.output, parts.tried, parts.hints, parts.solution, parts.points);
  el.append(root);

  // The answers that the verdict and the output are about; of another one they look stale.
  const shown = typed ? state().answer : input.value();
  const about = { feedback: shown, output: shown };

  function markStale() {
    for (const part of ["feedback", "output"]) parts[part].classList.toggle("kit-stale", about[part] !== input.value());
  }

  let waiting = null;
  let next = null; // what was pressed while an answer was awaited: no click is lost

  function act(what) {
    if (waiting) {
      if (what !== waiting.what) next = what;
      return;
    }
    const turn = `${Date.now()}-${Math.random()}`;
    const pressed = parts[what];
    const answer = input.value();
    waiting = { turn, timer: setTimeout(sayNoAnswer, NO_ANSWER_AFTER_MS), what, answer };
    pressed.setAttribute("aria-disabled", "true");
    if (what === "check") pressed.textContent = words.checking;
    if (what === "run") pressed.textContent = words.running;
    if (!send(model, { do: what, answer, confidence: confidence.value(), turn })) sayNoAnswer();
  }

  // The first state that comes, however late, takes this away again.
  function sayNoAnswer() {
    fill(parts.problem, `<p>${words.no_answer}</p>`);
  }

  function startOver() {
    if (input.value() !== question.form.starter && !window.confirm(words.start_over_sure)) return;
    input.set(question.form.starter);
    keep();
  }

  function release() {
    if (!waiting) return;
    clearTimeout(waiting.timer);
    waiting = null;
    for (const name of ["check", "run", "hint", "reveal", "another"]) parts[name].removeAttribute("aria-disabled");
    parts.check.textContent = words.check;
    parts.run.textContent = words.run;
  }

  function show() {
    const now = state();
    const focused = document.activeElement;
    if (waiting && now.turn === waiting.turn) finish(waiting, now);
    showFeedback(now);
    fill(parts.problem, now.problem);
    parts.saved.textContent = savedWords(now);
    showTried(now);
    showHints(now);
    showSolution(now);
    showPoints(now);
    input.saved?.(now);
    // Answered elsewhere, in another tab say, while nothing was being typed here.
    if (!typed && now.answer && input.value() !== now.answer) input.set?.(now.answer);
    if (!typed) about.feedback = input.value();
    if (now.confidence && !confidence.value()) confidence.set(now.confidence);
    parts.another.hidden = !now.attempts;
    markStale();
    keepFocus(focused);
  }

  // The state is the answer to what was pressed here.
  function finish({ what, answer }, now) {
    release();
    if (what !== "run") tabs.tell();
    if (what === "another") askAnew();
    if (what === "check") about.feedback = answer;
    if (what === "check" || what === "run") about.output = answer;
    // What was typed while the verdict was awaited is not what the verdict is about.
    const typedSince = input.value() !== answer;
    if (what === "check" && !now.problem && now.outcome !== "not_attempted" && !typedSince) {
      typed = false;
      drafts.clear();
    }
    const pressed = next;
    next = null;
    if (pressed) queueMicrotask(() => act(pressed)); // once this state is shown
  }

  // A button that has done its last goes; who pressed it by keyboard must not lose the place.
  function keepFocus(focused) {
    if (focused === parts.hint && parts.hint.hidden) parts.check.focus();
    if (focused === parts.reveal && parts.reveal.hidden) parts.solution.querySelector("summary")?.focus();
  }

  function showFeedback(now) {
    // Written only when it changed: a live region is read out again at each write.
    const key = `${now.outcome}|${now.partial}|${now.feedback}|${now.attempts}`;
    if (parts.feedback.dataset.key === key) return;
    parts.feedback.dataset.key = key;
    parts.feedback.dataset.outcome = now.outcome;
    parts.feedback.replaceChildren();
    if (now.outcome === "fresh") return;
    const verdict = node("div", { class: "kit-check-verdict" });
    verdict.innerHTML = `<svg viewBox="0 0 20 20" aria-hidden="true">${ICONS[now.outcome]}</svg>`;
    verdict.append(now.partial ? words.partial : words[now.outcome]);
    const said = node("div");
    said.innerHTML = now.feedback;
    parts.feedback.append(verdict, said);
  }

  function showOutput() {
    const output = model.get("output");
    parts.output.replaceChildren();
    const images = output.images ?? [];
    if (!(output.text || output.html || images.length)) return;
    parts.output.append(node("div", { class: "kit-check-label" }, words.output));
    if (output.text) parts.output.append(node("pre", { tabindex: "0", "aria-label": words.output }, output.text));
    if (output.html) {
      const table = node("div", { class: "kit-check-scroll", tabindex: "0", role: "region", "aria-label": words.output });
      table.innerHTML = output.html;
      parts.output.append(table);
    }
    for (const { src, alt, width } of images) {
      parts.output.append(src ? node("img", { src, alt, width }) : node("p", {}, alt));
    }
  }

  function savedWords(now) {
    if (now.problem || !now.attempts || now.outcome === "not_attempted" || now.outcome === "broken") return "";
    return now.restored ? words.restored : words.saved;
  }

  function showTried(now) {
    const others = now.tried.filter(({ answer }) => !(now.outcome === "failed" && answer === now.answer));
    parts.tried.textContent = others.length ? `${words.tried} ${others.map(({ shown }) => shown).join(" · ")}` : "";
  }

  function showHints(now) {
    const key = String(now.hints.length);
    parts.hint.hidden = now.hints.length + now.hints_left === 0 || now.hints_left === 0;
    parts.hint.replaceChildren(words.hint, " ", node("span", { class: "kit-check-count" }, words.left.replace("{n}", now.hints_left)));
    parts.reveal.hidden = !now.may_reveal;
    if (parts.hints.dataset.key === key) return;
    parts.hints.dataset.key = key;
    parts.hints.replaceChildren();
    if (!now.hints.length) return;
    const list = node("ol");
    for (const hint of now.hints) list.append(htmlNode("li", hint));
    parts.hints.append(node("strong", {}, words.hints), list);
  }

  function showSolution(now) {
    if (parts.solution.dataset.key === now.solution) return;
    parts.solution.dataset.key = now.solution;
    parts.solution.replaceChildren();
    if (!now.solution) return;
    const details = node("details", now.passed && question.kind !== "reflect" ? {} : { open: "" });
    details.append(node("summary", {}, words.solution), htmlNode("div", now.solution));
    parts.solution.append(details);
  }

  function showPoints(now) {
    const points = now.afterwards.points_html ?? [];
    if (parts.points.childElementCount || !points.length) return;
    parts.points.append(node("legend", {}, words.points));
    points.forEach((html, index) => {
      const label = node("label", { class: "kit-check-option" });
      const box = node("input", { type: "checkbox" });
      box.checked = now.rated.includes(index);
      box.addEventListener("change", () => {
        const boxes = [...parts.points.querySelectorAll("input")];
        send(model, { do: "rate", points: boxes.flatMap((each, at) => (each.checked ? [at] : [])) });
      });
      label.append(box, htmlNode("span", html));
      parts.points.append(label);
    });
  }

  model.on("change:state", show);
  model.on("change:output", showOutput);
  show();
  showOutput();
  return () => {
    model.off("change:state", show);
    model.off("change:output", showOutput);
    tabs.close();
    clearTimeout(waiting?.timer);
    input.destroy?.();
  };
}

// What is given but not checked, { answer, sure }, stays in this browser: a reload loses nothing.
function draftStore(key) {
  return {
    read: () => stored(key, null),
    write: (draft) => store(key, draft),
    clear: () => store(key, null),
  };
}

function button(text, kind, onClick) {
  const element = node("button", { type: "button", class: kind }, text);
  element.addEventListener("click", onClick);
  return element;
}

function fill(element, html) {
  if (element.dataset.key === html) return;
  element.dataset.key = html;
  element.innerHTML = html;
}

export default { render };
