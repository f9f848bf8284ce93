// How much was watched: in words, and under the time line.

// ask() asks for the state anew, with how often each second was watched; onDone is called when enough
// was watched for the first time.
function newWatched({ info, film, strip, ask, onDone }) {
  const words = info.words;
  const element = node("span", { class: "kit-media-watched" });
  let stale = false; // what the strip shows; it is asked for when the film rests

  function show(state) {
    if (state.passes) strip.show(state.passes);
    const before = element.dataset.done;
    const enough = state.watched >= info.needs;
    element.dataset.done = String(Boolean(state.done || enough));
    const percent = words.watched.replace("{percent}", Math.floor(state.watched * 100));
    element.textContent = enough ? words.done : state.done ? words.seen : state.watched >= 0.01 ? percent : "";
    if (before === "false" && element.dataset.done === "true") onDone();
    if (!stale || !film.paused) return;
    stale = false;
    ask();
  }

  return {
    element,
    show,
    // It was told of a step of the film (see listen).
    on(kind) {
      if (kind === "pause") stale = true;
    },
  };
}
