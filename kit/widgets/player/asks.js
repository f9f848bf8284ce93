// The lesson's own checks, asked by the film: where it comes to one while it plays it stops, and the
// question opens below the picture. It is the very check of the lesson's text.

// player: { film, root, pause, play } and skip(check, at), which records it.
function newAsks({ info, model, host, player, skip }) {
  const words = info.words.asks;
  const panel = node("section", { class: "kit-media-ask", hidden: "" });
  const list = node("details", { class: "kit-media-asks" });
  const rows = node("ul");
  list.append(node("summary", {}, words.list), rows);
  list.hidden = !info.asks.length;
  const skipped = new Set(model.get("state").skipped);
  const passed = new Set();
  const ending = new AbortController();
  let shown = null; // { ask, close }

  const asks = info.asks.map((ask) => {
    const state = node("span", { class: "kit-media-ask-state" });
    const answer = node("button", { type: "button", "aria-label": `${words.answer}: ${atTime(ask)}` }, words.answer);
    answer.addEventListener("click", () => open(ask, answer));
    const row = node("li");
    row.append(node("span", {}, atTime(ask)), state, answer);
    rows.append(row);
    return { ...ask, state };
  });

  function atTime(ask) {
    return words.at.replace("{time}", clock(ask.at));
  }

  function showStates() {
    for (const ask of asks) {
      const name = passed.has(ask.check) ? "passed" : skipped.has(ask.check) ? "skipped" : "open";
      ask.state.textContent = words[name];
      ask.state.dataset.state = name;
    }
  }

  async function follow(ask) {
    const check = await host.getModel(ask.widget);
    const see = () => {
      if (check.get("state").passed) passed.add(ask.check);
      if (shown?.ask.check === ask.check) showButtons(check.get("state").attempts > 0);
      showStates();
    };
    check.on("change:state", see);
    ending.signal.addEventListener("abort", () => check.off("change:state", see));
    see();
    return check;
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

  // `back`: who opened it without the film, and gets the focus again.
  async function open(ask, back = null) {
    end();
    const closing = new AbortController();
    const title = node("p", { class: "kit-media-ask-title", id: `kit-ask-${newId()}`, tabindex: "-1" }, atTime(ask));
    const place = node("div");
    const buttons = node("div", { class: "kit-media-ask-buttons" });
    buttons.append(goOn, pass, close);
    panel.setAttribute("role", "group");
    panel.setAttribute("aria-labelledby", title.id);
    panel.replaceChildren(title, place, buttons);
    panel.hidden = false;
    shown = { ask, back, stop: () => closing.abort() };
    showButtons(false);
    title.focus({ preventScroll: true });
    panel.scrollIntoView({ block: "nearest" });
    try {
      const check = await host.getWidget(ask.widget);
      await check.render({ el: place, signal: closing.signal });
      await follow(ask);
    } catch {
      place.replaceChildren(node("p", {}, words.failed));
    }
    if (shown?.ask === ask) panel.scrollIntoView({ block: "nearest" });
  }

  function end() {
    shown?.stop();
    shown = null;
    panel.hidden = true;
    panel.replaceChildren();
  }

  function leave() {
    const back = shown?.back;
    end();
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
    const ask = asks.find(({ at, check }) => from < at && at <= to && !passed.has(check));
    if (!ask || shown) return;
    player.pause();
    open(ask);
  }

  showStates();
  if (host) for (const ask of asks) follow(ask).catch(() => {});
  return {
    panel,
    list,
    crossed,
    end() {
      end();
      ending.abort();
    },
  };
}
