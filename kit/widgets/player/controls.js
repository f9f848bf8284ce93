// What one plays with: the bars below the picture. Their buttons and sliders are media-chrome's,
// loaded from our own server; the drop-downs are the browser's own, and there from the beginning.

const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2];
const SKIP_SECONDS = 10;
const SELECTED = { captions: "", speed: 1 }; // as long as nothing else was chosen

// Makes the frame around the film, and the bars; both keep their room before the controls are there.
function newControls({ info, film, root, strip }) {
  const id = `kit-media-${newId()}`;
  const frame = node("div", { class: "kit-media-frame" });
  const controller = node("media-controller", {
    id, lang: info.language, nohotkeys: "", novolumepref: "", nosubtitleslangpref: "", noautohide: "",
  });
  if (info.kind === "audio") controller.setAttribute("audio", "");
  film.slot = "media";
  controller.append(film);
  frame.append(controller);
  const bars = node("div", { class: "kit-media-bars" });
  const line = node("div", { class: "kit-media-line" });
  line.append(node("div", { class: "kit-media-range" }), strip.bars);
  const time = node("div", { class: "kit-media-row" });
  time.append(line, node("div", { class: "kit-media-now" }));
  const buttons = node("div", { class: "kit-media-row" });
  buttons.append(node("div", { class: "kit-media-buttons" }), node("div", { class: "kit-media-window" }));
  bars.append(time, buttons);

  async function load() {
    const { addTranslation } = await import(serverUrl("kit/static/vendor/player.js"));
    addTranslation(info.language, info.words.player);
    controller.setAttribute("aria-label", info.title); // in place of its own
    controller.fullscreenElement = root;
    const fill = (name, ...elements) => {
      const bar = node("media-control-bar", { mediacontroller: id });
      bar.append(...elements);
      bars.querySelector(`.kit-media-${name}`).append(bar);
    };
    fill("range", node("media-time-range"));
    fill("now", node("media-time-display", { showduration: "", notoggle: "" }));
    fill("buttons", node("media-play-button"),
      node("media-seek-backward-button", { seekoffset: SKIP_SECONDS }), node("media-seek-forward-button", { seekoffset: SKIP_SECONDS }),
      node("media-mute-button"), node("media-volume-range"));
    const apart = info.kind === "video" ? [node("media-pip-button")] : [];
    fill("window", ...apart, node("media-fullscreen-button"));
  }

  return {
    frame,
    bars,
    // The browser's own controls where ours do not come.
    load: () => load().catch(() => film.setAttribute("controls", "")),
    focus: () => bars.querySelector("media-play-button")?.focus({ preventScroll: true }),
    press: (name) => bars.querySelector(`media-${name}-button`)?.click(),
  };
}

// The drop-downs: captions, speed, chapter. Captions and speed are kept for other films.
function newSettings({ info, film, seek, onCaptions }) {
  const words = info.words;
  const element = node("div", { class: "kit-media-settings" });
  const chosen = { ...SELECTED, captions: info.captions[0]?.language ?? "", ...stored("kit-player", {}) };
  const tracks = info.captions.map((captions) => captionTrack(film, captions));
  if (info.chapters.length) chapterTrack(film, info);

  const keep = (name, value) => {
    chosen[name] = value;
    store("kit-player", { speed: chosen.speed, captions: chosen.captions });
  };

  const speed = dropDown(words.speed, SPEEDS.map((each) => [each, `${each.toLocaleString(info.language)}×`]), (value) => {
    keep("speed", Number(value));
    useSpeed();
  });
  const captions = dropDown(words.captions, [["", words.off], ...info.captions.map(({ language }) => [language, nameOf(language)])], (value) => {
    keep("captions", value);
    useCaptions();
  });
  const chapters = dropDown(words.chapter, info.chapters.map(([start, , title]) => [start, title]), (value) => seek(Number(value) + INSIDE_SECONDS));
  captions.element.hidden = !info.captions.length;
  chapters.element.hidden = !info.chapters.length;
  element.append(captions.element, speed.element, chapters.element);

  function useSpeed() {
    film.defaultPlaybackRate = chosen.speed;
    film.playbackRate = chosen.speed;
    speed.select.value = chosen.speed;
  }

  // The transcript stays in the language that was read last.
  function useCaptions() {
    const known = info.captions.find(({ language }) => language === chosen.captions);
    captions.select.value = known?.language ?? "";
    info.captions.forEach((each, at) => { tracks[at].mode = each === known ? "showing" : "disabled"; });
    onCaptions(known ?? null);
  }

  function at(time) {
    const now = info.chapters.findLast(([start]) => hasBegun(start, time)) ?? info.chapters[0];
    if (now && document.activeElement !== chapters.select) chapters.select.value = now[0];
  }

  useSpeed();
  useCaptions();
  return {
    element,
    at,
    faster(steps) {
      const next = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, SPEEDS.indexOf(chosen.speed) + steps))];
      keep("speed", next ?? 1);
      useSpeed();
    },
    switchCaptions() {
      keep("captions", captions.select.value ? "" : info.captions[0]?.language ?? "");
      useCaptions();
    },
  };
}

function dropDown(title, options, onChoose) {
  const element = node("label", { class: "kit-media-setting" });
  const select = node("select", { class: "kit-media-select" });
  for (const [value, text] of options) select.append(node("option", { value }, text));
  select.addEventListener("change", () => onChoose(select.value));
  element.append(node("span", {}, title), " ", select);
  return { element, select };
}

// A language's own name for itself; its tag where the browser knows none.
function nameOf(language) {
  try {
    const name = new Intl.DisplayNames([language], { type: "language" }).of(language);
    return name.charAt(0).toLocaleUpperCase(language) + name.slice(1);
  } catch {
    return language;
  }
}

// The cues are in the page already: no file is asked for, and it is the same without a server.
function captionTrack(film, { language, cues }) {
  const track = film.addTextTrack("captions", nameOf(language), language);
  for (const [start, end, text] of cues) track.addCue(new VTTCue(start, end, asVtt(text)));
  track.mode = "disabled";
  return track;
}

function chapterTrack(film, { chapters, language, words }) {
  const track = film.addTextTrack("chapters", words.chapter, language);
  for (const [start, end, title] of chapters) track.addCue(new VTTCue(start, end, asVtt(title)));
  track.mode = "hidden";
}

const asVtt = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
