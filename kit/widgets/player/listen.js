// What the film does, as those hear it who count what was played.

// tell(kind, state) is told of each step, as newSpans takes it; crossed(from, to), of each stretch
// that it played through, in seconds.
function listen({ film, tell, crossed }) {
  let played = false; // at all, on this visit
  let ours = 0; // seeks under way that are not the learner's
  let last = 0; // where it was at the last tick, in seconds

  const steps = {
    playing() {
      played = true;
      last = film.currentTime;
      tell("playing", stateOf(film));
    },
    timeupdate() {
      if (film.paused || film.seeking) return;
      tell("tick", stateOf(film));
      crossed(last, film.currentTime);
      last = film.currentTime;
    },
    seeking() {
      last = film.currentTime;
      if (ours) ours -= 1;
      else tell("seek", stateOf(film));
    },
    seeked() {
      if (!film.paused) tell("playing", stateOf(film));
    },
    pause: () => tell("pause", stateOf(film)),
    ended: () => tell("ended", stateOf(film)),
    ratechange() {
      if (played) tell("rate", stateOf(film));
    },
  };
  for (const [name, step] of Object.entries(steps)) film.addEventListener(name, step);

  return {
    hasPlayed: () => played,
    // Go to a second that the learner did not choose: it is told to nobody.
    seekUntold(to) {
      ours += 1;
      seekTo(film, to);
    },
  };
}

function seekTo(film, to) {
  film.currentTime = Math.max(0, Math.min(to, film.duration || to));
}

function stateOf(film) {
  const played = Array.from({ length: film.played.length }, (_, at) => [film.played.start(at), film.played.end(at)]);
  const duration = Number.isFinite(film.duration) ? film.duration : 0;
  return { time: film.currentTime, rate: film.playbackRate, duration, played };
}
