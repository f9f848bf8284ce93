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
  const film = node(info.kind, { preload: "metadata", playsinline: "", "aria-label": info.title });
  const seek = (to) => seekTo(film, to);
  const play = () => film.play().catch(() => {}); // not allowed, or paused at once
  const problem = node("p", { class: "kit-problem", role: "alert" });
  const onProblem = (text) => { problem.textContent = text; };
  const where = node("span"); // where it was left, or how far it is fetched

  const tabs = otherTabs(info.place, () => {});
  const spans = newSpans({ id: newId, session: newId().slice(-12) });
  const beats = newBeats({ info, model, spans, onState: (state) => watched.show(state), onProblem });
  const strip = newStrip(info.words);
  const watched = newWatched({ info, film, strip, ask: beats.ask, onDone: tabs.tell }); // the outline follows
  const controls = newControls({ info, film, root, strip });
  const transcript = newTranscript(info, seek);
  const caption = newCaption(info);
  const settings = newSettings({
    info,
    film,
    seek,
    onCaptions(captions) {
      caption.use(captions);
      transcript.use(captions ?? info.captions[0]);
    },
  });
  const asks = newAsks({
    info,
    model,
    host,
    player: { pause: () => film.pause(), play: () => { controls.focus(); play(); } },
    skip: beats.skip,
  });

  const foot = node("p", { class: "kit-media-foot" });
  foot.append(where, watched.element);
  root.append(controls.frame, caption.element, controls.bars, settings.element, asks.panel, problem, foot,
    asks.list, transcript.element, more(info, strip));

  const tell = (kind, state) => {
    spans.on(kind, performance.now(), state);
    beats.beat();
    resume.on(kind);
    watched.on(kind);
  };
  const { hasPlayed, seekUntold } = listen({ film, tell, crossed: asks.crossed });
  const resume = newResume({ info, film, root, seek: seekUntold, hasPlayed, where });
  const show = () => [transcript, settings, caption].forEach((part) => part.at(film.currentTime));
  for (const name of ["timeupdate", "seeked"]) film.addEventListener(name, show);
  useKeys({ root, film, seek, play, settings, controls });
  const onState = () => {
    const state = model.get("state");
    if (state.problem) onProblem(state.problem);
    watched.show(state);
  };
  model.on("change:state", onState);
  onState();

  const onProgress = (text) => { where.textContent = text; };
  const freeSource = serverUrl() ? useServer(info, film) : useMessages({ info, model, film, onProgress, onProblem });
  sayIfNoneCanBePlayed({ info, film, onProblem });
  if (serverUrl()) controls.load();
  else film.setAttribute("controls", "");
  Promise.all([beats.begin(), hasLength(film)]).then(([state]) => resume.begin((state ?? model.get("state")).position));

  return () => {
    film.pause();
    tell("pause", stateOf(film));
    beats.end();
    asks.end();
    resume.end();
    tabs.close();
    freeSource?.();
    model.off("change:state", onState);
    root.remove();
  };
}

// The keys that video sites have taught.
function useKeys({ root, film, seek, play, settings, controls }) {
  onKeys(root, {
    k: () => (film.paused ? play() : film.pause()),
    j: () => seek(film.currentTime - SKIP_SECONDS),
    l: () => seek(film.currentTime + SKIP_SECONDS),
    m: () => { film.muted = !film.muted; },
    c: () => settings.switchCaptions(),
    "<": () => settings.faster(-1),
    ">": () => settings.faster(1),
    f: () => controls.press("fullscreen"),
  });
}

// Folded: the keys, the file to download, and how often each part was watched.
function more(info, strip) {
  const { words } = info;
  const details = node("details", { class: "kit-media-more" });
  const keys = node("dl", { class: "kit-media-keys", "aria-label": words.keys_title });
  for (const [key, what] of words.keys) keys.append(node("dt", {}, key), node("dd", {}, what));
  details.append(node("summary", {}, words.more));
  if (serverUrl()) details.append(downloadLink(info));
  details.append(node("p", { class: "kit-media-note" }, words.keys_title), keys, strip.table);
  return details;
}

function downloadLink(info) {
  const [source] = info.sources;
  const name = source.path.split("/").at(-1);
  const text = info.words.download.replace("{size}", sizeInMb(source.bytes));
  const paragraph = node("p");
  paragraph.append(node("a", { href: mediaUrl(info, source), download: name }, text));
  return paragraph;
}

export default { render };
