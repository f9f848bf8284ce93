// The lesson's own checks, asked by the film: where it comes to one while it plays it stops, and the
// question opens below the picture. It is the very check of the lesson's text.

// player is { pause, play }; skip(check, at) records that a question was passed over.
function newAsks({ info, model, host, player, skip }) {
  const words = info.words.asks;
  const panel = node("section", { class: "kit-media-ask", hidden: "" });
  const list = newAskList(info, open);
  const skipped = new Set(model.get("state").skipped);
  const passed = new Set();
  const followed = new Map(); // check → the promise of its model
  const ending = new AbortController();
  let shown = null; // { ask, back, stop }: `back` gets the focus again where the film did not ask

  // Hear of a check's answers, here and in the lesson's text; once, however often it is opened.
  function follow({ check, widget }) {
    if (!followed.has(check)) {
      followed.set(check, hear(check, widget));
      followed.get(check).catch(() => followed.delete(check)); // it may come later
    }
    return followed.get(check);
  }

  async function hear(check, widget) {
    const its = await host.getModel(widget);
    const see = () => showAnswered(check, its.get("state"));
    its.on("change:state", see);
    ending.signal.addEventListener("abort", () => its.off("change:state", see));
    see();
    return its;
  }

  function showAnswered(check, state) {
    if (state.passed) passed.add(check);
    if (shown?.ask.check === check) showButtons(state.attempts > 0);
    showStates();
  }

  function showStates() {
    list.show(({ check }) => (passed.has(check) ? "passed" : skipped.has(check) ? "skipped" : "open"));
  }

  const goOn = node("button", { type: "button", class: "kit-primary" }, words.go_on);
  const pass = node("button", { type: "button" }, words.skip);
  const close = node("button", { type: "button" }, words.close);

  function showButtons(attempted) {
    const asking = Boolean(shown) && !shown.back;
    goOn.hidden = !asking || !attempted;
    pass.hidden = !asking || attempted;
    close.hidden = asking;
  }

  async function open(ask, back = null) {
    closePanel();
    const closing = new AbortController();
    const title = node("p", { class: "kit-media-ask-title", id: `kit-ask-${newId()}`, tabindex: "-1" }, askedAt(ask, words));
    const question = node("div");
    const buttons = node("div", { class: "kit-media-ask-buttons" });
    buttons.append(goOn, pass, close);
    panel.setAttribute("role", "group");
    panel.setAttribute("aria-labelledby", title.id);
    panel.replaceChildren(title, question, buttons);
    panel.hidden = false;
    shown = { ask, back, stop: () => closing.abort() };
    showButtons(false);
    title.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
    try {
      const check = await host.getWidget(ask.widget);
      await check.render({ el: question, signal: closing.signal });
      showAnswered(ask.check, (await follow(ask)).get("state"));
    } catch {
      question.replaceChildren(node("p", {}, words.failed));
    }
    if (shown?.ask === ask) panel.scrollIntoView({ block: "nearest" });
  }

  function closePanel() {
    shown?.stop();
    shown = null;
    panel.hidden = true;
    panel.replaceChildren();
  }

  function leave() {
    const back = shown?.back;
    closePanel();
    if (back) back.focus();
    else player.play();
  }

  goOn.addEventListener("click", leave);
  close.addEventListener("click", leave);
  pass.addEventListener("click", () => {
    const { ask } = shown;
    skipped.add(ask.check);
    showStates();
    skip(ask.check, ask.at);
    leave();
  });

  // The film played from one second to another: the first question on the way that is open.
  function crossed(from, to) {
    const ask = info.asks.find(({ at, check }) => from < at && at <= to && !passed.has(check));
    if (!ask || shown) return;
    player.pause();
    open(ask);
  }

  showStates();
  if (host) for (const ask of info.asks) follow(ask).catch(() => {});
  return {
    panel,
    list: list.element,
    crossed,
    end() {
      closePanel();
      ending.abort();
    },
  };
}

// All questions of the film; onAnswer(ask, button) is called to answer one without the film.
function newAskList({ asks, words: { asks: words } }, onAnswer) {
  const element = node("details", { class: "kit-media-asks" });
  element.hidden = !asks.length;
  const rows = node("ul");
  element.append(node("summary", {}, words.list), rows);
  const states = asks.map((ask) => {
    const state = node("span", { class: "kit-media-ask-state" });
    const answer = node("button", { type: "button", "aria-label": `${words.answer}: ${askedAt(ask, words)}` }, words.answer);
    answer.addEventListener("click", () => onAnswer(ask, answer));
    const row = node("li");
    row.append(node("span", {}, askedAt(ask, words)), state, answer);
    rows.append(row);
    return state;
  });
  return {
    element,
    // nameOf(ask) is passed, skipped or open.
    show(nameOf) {
      asks.forEach((ask, index) => {
        states[index].textContent = words[nameOf(ask)];
        states[index].dataset.state = nameOf(ask);
      });
    },
  };
}

function askedAt({ at }, words) {
  return words.at.replace("{time}", clock(at));
}
