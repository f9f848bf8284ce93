// A video or a sound of the lesson: the film with its controls, and what belongs to it. The parts are
// in player/; here they meet.

function render({ model, el, host }) {
  const info = model.get("media");
  const root = node("div", {
    class: "kit kit-media", role: "group", "aria-label": info.title, "data-kind": info.kind, "data-lm-suppress-shortcuts": "true",
  });
  root.append(node("p", { class: "kit-media-title" }, info.title));
  el.append(root);
  for (const line of info.problem.split("\n").filter(Boolean)) root.append(node("p", { class: "kit-problem", role: "alert" }, line));
  return info.sources.length ? showFilm({ info, model, host, root }) : showWords(info, root);
}

// Where the film cannot be had its words can be read.
function showWords(info, root) {
  const transcript = newTranscript(info, null);
  transcript.use(info.captions[0]);
  root.append(transcript.element);
  return () => {};
}

function showFilm({ info, model, host, root }) {
  const words = info.words;
  const film = node(info.kind, { preload: "metadata", playsinline: "", "aria-label": info.title });
  const problem = node("p", { class: "kit-problem", role: "alert" });
  const where = node("span");
  const watched = node("span", { class: "kit-media-watched" });
  const foot = node("p", { class: "kit-media-foot" });
  foot.append(where, watched);
  const said = node("p", { class: "kit-media-caption", hidden: "" });

  const spans = newSpans({ id: newId, session: newId().slice(-12) });
  const beats = newBeats({ info, model, spans, onState: showState, onProblem: (text) => { problem.textContent = text; } });
  const strip = newStrip(words);
  const controls = newControls({ info, film, root, strip });
  const transcript = newTranscript(info, seek);
  let language = null; // of the captions that are on
  const settings = newSettings({
    info,
    film,
    seek,
    onCaptions(captions) {
      language = captions;
      transcript.use(captions ?? info.captions[0]);
    },
  });
  const tabs = otherTabs(info.place, () => {});
  const play = () => film.play().catch(() => {}); // not allowed, or paused at once
  const asks = newAsks({
    info,
    model,
    host,
    player: { pause: () => film.pause(), play: () => { controls.focus(); play(); } },
    skip: beats.skip,
  });
  root.append(controls.frame, said, controls.bars, settings.element, asks.panel, problem, foot, asks.list, transcript.element, more());

  const freeSource = serverUrl() ? useServer(info, film) : useMessages({
    info,
    model,
    film,
    onProgress: (text) => { where.textContent = text; },
    onProblem: (text) => { problem.textContent = text; },
  });
  if (serverUrl()) controls.load();
  else film.setAttribute("controls", "");

  // What is done to the film --------------------------------------------------------------------

  let quiet = 0; // seeks that are ours, not the learner's
  let begun = false;
  let last = 0; // where it was at the last tick, in seconds
  let stale = false; // what is drawn of the watching; it is drawn anew when the film rests

  function seek(to) {
    film.currentTime = Math.max(0, Math.min(to, film.duration || to));
  }

  function place(to) {
    quiet += 1;
    seek(to);
  }

  const tell = (kind) => {
    spans.on(kind, performance.now(), stateOf(film));
    beats.beat();
  };
  const on = (name, handler) => film.addEventListener(name, handler);
  on("playing", () => { begun = true; where.textContent = ""; last = film.currentTime; tell("playing"); });
  on("timeupdate", () => {
    show();
    if (film.paused || film.seeking) return;
    tell("tick");
    asks.crossed(last, film.currentTime);
    last = film.currentTime;
  });
  on("seeking", () => {
    last = film.currentTime;
    if (quiet) {
      quiet -= 1;
      return;
    }
    where.textContent = "";
    tell("seek");
  });
  on("seeked", () => {
    show();
    if (!film.paused) tell("playing");
  });
  on("pause", () => { stale = true; tell("pause"); });
  on("ended", () => tell("ended"));
  on("ratechange", () => { if (begun) tell("rate"); });
  film.addEventListener("error", sayCannotPlay, true); // of a <source> too

  function sayCannotPlay() {
    const left = [...film.querySelectorAll("source")];
    if (film.error || film.networkState === HTMLMediaElement.NETWORK_NO_SOURCE || !left.length) {
      problem.textContent = words.cannot_play.replace("{path}", info.item);
    }
  }

  onKeys(root, { // those that video sites have taught
    k: () => (film.paused ? play() : film.pause()),
    j: () => seek(film.currentTime - SKIP_SECONDS),
    l: () => seek(film.currentTime + SKIP_SECONDS),
    m: () => { film.muted = !film.muted; },
    c: () => settings.switchCaptions(),
    "<": () => settings.faster(-1),
    ">": () => settings.faster(1),
    f: () => controls.press("fullscreen"),
  });

  // Where it was left ----------------------------------------------------------------------------

  const ready = new Promise((resolve) => { if (film.readyState) resolve(); else on("loadedmetadata", resolve); });
  Promise.all([beats.begin(), ready]).then(([state]) => {
    const wanted = addressedTo(info.item);
    if (begun) return;
    const left = wanted ?? (state ?? model.get("state")).position;
    if (left > (wanted === null ? 1 : -1) && left < film.duration - 1) place(left);
    if (wanted === null && left > 1 && left < film.duration - 1) where.textContent = words.resume.replace("{time}", clock(left));
    if (state?.passes) strip.show(state.passes);
  });

  const onSeek = ({ detail }) => {
    if (detail?.item !== info.item) return;
    place(detail.time);
    root.scrollIntoView({ block: "nearest" });
  };
  window.addEventListener("kit:seek", onSeek);

  // What is seen of it -----------------------------------------------------------------------------

  function show() {
    transcript.at(film.currentTime);
    settings.at(film.currentTime);
    if (info.kind !== "audio") return;
    const cue = language?.cues.find(([start, end]) => start <= film.currentTime && film.currentTime < end);
    said.hidden = !language;
    said.textContent = cue?.[2] ?? "";
  }

  function showState(state) {
    if (stale && film.paused) refreshStrip();
    const before = watched.dataset.done;
    const enough = state.watched >= info.needs;
    watched.dataset.done = String(Boolean(state.done || enough));
    const percent = words.watched.replace("{percent}", Math.floor(state.watched * 100));
    watched.textContent = enough ? words.done : state.done ? words.seen : state.watched >= 0.01 ? percent : "";
    if (before === "false" && watched.dataset.done === "true") tabs.tell(); // the lesson's outline
  }

  async function refreshStrip() {
    stale = false;
    const state = await beats.ask();
    if (state?.passes) strip.show(state.passes);
  }

  const onState = () => {
    const state = model.get("state");
    if (state.problem) problem.textContent = state.problem;
    showState(state);
  };
  model.on("change:state", onState);
  onState();

  function more() {
    const details = node("details", { class: "kit-media-more" });
    const keys = node("dl", { class: "kit-media-keys", "aria-label": words.keys_title });
    for (const [key, what] of words.keys) keys.append(node("dt", {}, key), node("dd", {}, what));
    details.append(node("summary", {}, words.more));
    if (serverUrl()) details.append(downloadLink(info));
    details.append(node("p", { class: "kit-media-note" }, words.keys_title), keys, strip.table);
    return details;
  }

  return () => {
    film.pause();
    tell("pause");
    beats.end();
    asks.end();
    tabs.close();
    freeSource?.();
    window.removeEventListener("kit:seek", onSeek);
    model.off("change:state", onState);
    root.remove();
  };
}

function stateOf(film) {
  const played = Array.from({ length: film.played.length }, (_, at) => [film.played.start(at), film.played.end(at)]);
  const duration = Number.isFinite(film.duration) ? film.duration : 0;
  return { time: film.currentTime, rate: film.playbackRate, duration, played };
}

function downloadLink(info) {
  const [source] = info.sources;
  const name = source.path.split("/").at(-1);
  const text = info.words.download.replace("{size}", sizeInMb(source.bytes));
  const paragraph = node("p");
  paragraph.append(node("a", { href: mediaUrl(info, source), download: name }, text));
  return paragraph;
}

// The second that the page's address asks for (?play=<item>&t=<seconds>), or null.
function addressedTo(item) {
  const asked = new URLSearchParams(window.location.search);
  const time = Number.parseFloat(asked.get("t"));
  return asked.get("play") === item && time >= 0 ? time : null;
}

export default { render };
