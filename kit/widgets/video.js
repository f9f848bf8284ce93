// A video of the lesson. Tells Python which seconds were really played, and goes on from where it
// was left.

const SAVE_EVERY_MS = 5000;
const JUMP_SECONDS = 1.5; // a larger step between two time updates is a seek, not watching

function render({ model, el }) {
  const info = model.get("video");
  const words = info.words;
  const root = node("div", { class: "kit kit-video", role: "group", "aria-label": info.title });
  root.append(node("p", { class: "kit-video-title" }, info.title));
  el.append(root);
  const problem = node("p", { class: "kit-problem", role: "alert" });
  if (info.missing || !serverUrl()) {
    problem.textContent = (info.missing || words.no_server.replace("{path}", info.source));
    root.append(problem, transcript(info, null));
    return () => {};
  }

  const url = (path) => serverUrl("kit/media", info.lesson, path);
  const video = node("video", { controls: "", preload: "metadata", playsinline: "", "aria-label": info.title, crossorigin: "use-credentials" });
  if (info.poster) video.poster = url(info.poster);
  if (info.captions) {
    video.append(node("track", { kind: "captions", src: url(info.captions), srclang: info.language, label: words.captions, default: "" }));
  }
  video.src = url(info.source);
  const foot = node("div", { class: "kit-video-foot" });
  const resume = node("span");
  const watched = node("span");
  foot.append(resume, watched);
  root.append(video, problem, foot, transcript(info, video));

  const played = playedSegments();
  const left = model.get("state").position;
  const on = (name, handler) => video.addEventListener(name, handler);
  on("loadedmetadata", () => {
    if (left > 1 && left < video.duration - 1) {
      video.currentTime = left;
      resume.textContent = words.resume.replace("{time}", clock(left));
    }
  });
  on("play", () => { resume.textContent = ""; played.start(video.currentTime); });
  on("timeupdate", () => { if (!video.paused) played.reach(video.currentTime); });
  on("seeking", () => played.stop());
  on("seeked", () => { if (!video.paused) played.start(video.currentTime); });
  on("pause", () => { played.reach(video.currentTime); played.stop(); save(); });
  on("ended", save);
  on("error", () => { problem.textContent = words.cannot_play.replace("{path}", info.source); });

  function save() {
    const segments = played.take();
    if (!segments.length) return;
    send(model, { segments, position: video.ended ? 0 : video.currentTime, duration: video.duration || 0 });
  }
  function show() {
    const now = model.get("state");
    watched.textContent = now.watched ? words.watched.replace("{percent}", Math.round(now.watched * 100)) : "";
    problem.textContent = now.problem;
  }
  const timer = setInterval(() => { if (!video.paused) save(); }, SAVE_EVERY_MS);
  window.addEventListener("pagehide", save);
  model.on("change:state", show);
  show();
  return () => {
    clearInterval(timer);
    window.removeEventListener("pagehide", save);
    model.off("change:state", show);
    video.pause();
  };
}

function playedSegments() {
  let segments = [];
  let open = null;
  return {
    start(time) { open = [time, time]; },
    reach(time) {
      if (!open) open = [time, time];
      else if (time >= open[1] && time - open[1] < JUMP_SECONDS * 4) open[1] = time;
      else this.start(time);
    },
    stop() {
      if (open && open[1] > open[0]) segments.push(open);
      open = null;
    },
    take() {
      const now = open ? [...segments, [...open]] : segments;
      segments = [];
      if (open) open = [open[1], open[1]];
      return now.filter(([from, to]) => to > from);
    },
  };
}

function transcript(info, video) {
  const details = node("details");
  if (!info.transcript.length) {
    details.hidden = true;
    return details;
  }
  const text = node("div", { class: "kit-video-transcript", tabindex: "0", role: "region", "aria-label": info.words.transcript });
  const lines = info.transcript.map(({ start, text: said }) => {
    if (!video) return node("span", {}, `${said} `);
    const line = node("button", { type: "button", title: clock(start) }, said);
    line.addEventListener("click", () => { video.currentTime = start; });
    return line;
  });
  text.append(...lines.flatMap((line) => [line, " "]));
  video?.addEventListener("timeupdate", () => {
    const current = info.transcript.findLastIndex(({ start }) => start <= video.currentTime + 0.05);
    lines.forEach((line, index) => line.setAttribute("aria-current", String(index === current)));
  });
  details.append(node("summary", {}, info.words.transcript), text);
  return details;
}

function clock(seconds) {
  const whole = Math.floor(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

export default { render };
