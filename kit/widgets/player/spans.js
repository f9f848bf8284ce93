// Which seconds of a film were really played, and how often. A pure state machine: it has no page,
// no clock and no network, so that a test can drive it through anything.
//
// The browser knows exactly what was played (`video.played`), but not how often. A run is one
// stretch of playing. Its end follows the played range that holds it; where that had been played
// before, speed and clock say how far it came. What no run has of the played ranges becomes a run
// too, so that the union of all runs is always what was played. All in whole milliseconds.

const RUN_MS = 60_000; // of film in one run; it goes on in another
const BEAT_MS = 500; // of film, or of time while it stands still, between two savings
const JUMP_MS = 1000; // how far ahead of the clock a film may be before it counts as a jump
const NEAR_MS = 250; // how far it may be behind, or a guess beside the mark

// id() makes the name of a run; `session` is the name of this visit.
function newSpans({ id, session }) {
  let runs = new Map(); // what is not saved, and the latest one
  let covered = []; // what the runs of this visit hold, disjoint and sorted
  let open = null; // the run that grows
  let latest = null; // the run that the position is kept with
  let position = null; // where the film is, or was left on an earlier visit, in seconds
  let before = { now: 0, rate: 1 };
  let handedOut = { now: -Infinity, position: -Infinity };
  let urgent = false;

  // Something happened to the film: kind is playing, tick, seek, pause, ended or rate; `now` is in
  // milliseconds; media is { time, rate, duration, played: [[from, to], ...] }, in seconds. At a
  // seek, `time` is where it goes; at a rate, `rate` is the new one.
  function on(kind, now, media) {
    const played = media.played.map(([from, to]) => [inMs(from), inMs(to)]);
    const here = inMs(media.time);
    const clock = Math.max(0, now - before.now) * before.rate;
    const jumped = open && kind !== "seek" && (here < open.to - NEAR_MS || here > open.to + clock + JUMP_MS);
    if (open) follow(played, clock, kind === "seek" || jumped ? null : here);
    takeIn(played);
    latest = open ?? latest;
    if (open && (jumped || ["seek", "pause", "ended"].includes(kind))) end();
    if (!open && (kind === "playing" || (kind === "tick" && jumped))) begin(here);
    if (open && open.to - open.from >= RUN_MS) cut();
    latest ??= newRun(here, here);
    position = inMicros(media.time);
    change(latest, { position, duration: media.duration || 0, rate: media.rate });
    before = { now, rate: media.rate };
  }

  // Move the end of the open run to where the film is; where it is is not known after a jump.
  function follow(played, clock, here) {
    const range = played.find(([from, to]) => from <= open.to && open.to <= to);
    if (!range) return;
    const guess = Math.round(open.to + clock);
    const reached = here ?? (range[1] <= guess + NEAR_MS ? range[1] : guess);
    change(open, { to: Math.max(open.to, Math.min(range[1], reached)) });
    cover(open.from, open.to);
  }

  // What was played but is in no run: it belongs to the run that it touches, or is one of its own.
  function takeIn(played) {
    for (const [from, to] of minus(played, covered)) {
      const run = [open, latest].find((each) => each && each.to > each.from && each.to === from);
      if (run) change(run, { to });
      else if (open && open.from === to) change(open, { from });
      else if (open && open.from === open.to && open.to === from) change(open, { to });
      else newRun(from, to);
      cover(from, to);
    }
  }

  function begin(here) {
    const unused = latest && latest.from === latest.to && runs.has(latest.id) ? latest : null;
    open = unused ?? newRun(here, here);
    change(open, { from: here, to: here });
    latest = open;
  }

  function end() {
    open = null;
    urgent = true;
  }

  // At a whole second, so that no second is in two runs.
  function cut() {
    const rest = { from: Math.floor(open.to / 1000) * 1000, to: open.to };
    change(open, { to: rest.from });
    open = newRun(rest.from, rest.to);
  }

  function newRun(from, to) {
    const run = { id: id(), session, from, to, position: position ?? from / 1000, duration: 0, rate: 1, kept: null, version: 1, saved: 0, handed: null };
    runs.set(run.id, run);
    latest = run;
    return run;
  }

  function change(run, values) {
    const news = Object.entries(values).filter(([name, value]) => run[name] !== value);
    if (!news.length) return;
    Object.assign(run, Object.fromEntries(news));
    run.version += 1;
    runs.set(run.id, run);
  }

  function cover(from, to) {
    if (to > from) covered = union([...covered, [from, to]]);
  }

  // The latest comes last: what is told last says where the film is.
  const waiting = () => [...runs.values()]
    .filter((run) => run.version > run.saved)
    .sort((one, other) => (one === latest) - (other === latest));

  // What should be saved now; nothing where it can wait.
  function due(now) {
    const changed = waiting();
    if (!changed.length) return [];
    const moved = Math.abs((position ?? 0) - handedOut.position) * 1000 >= BEAT_MS;
    const rested = now - handedOut.now >= BEAT_MS;
    if (!urgent && !(open ? moved : rested)) return [];
    urgent = false;
    handedOut = { now, position: position ?? handedOut.position };
    for (const run of changed) run.handed = { version: run.version, part: [run.from, run.to] };
    return changed.map(asSpan);
  }

  // The run is kept as it was handed out last.
  function saved(name) {
    const run = runs.get(name);
    if (!run) return;
    run.kept = run.handed?.part ?? run.kept;
    settle(run);
  }

  // The run will never be kept as it was handed out last.
  function dropped(name) {
    const run = runs.get(name);
    if (run) settle(run);
  }

  // It need not be handed out again as it was.
  function settle(run) {
    run.saved = run.handed?.version ?? run.saved;
    if (run.saved === run.version && run !== open && run !== latest) runs.delete(run.id);
  }

  // The run is kept as it was saved before: nothing can be added to it any more, and what is new
  // goes on under another name.
  function closed(name) {
    const run = runs.get(name);
    if (!run) return;
    runs.delete(name);
    Object.assign(run, { id: id(), from: newFrom(run), position, kept: null, version: 1, saved: 0, handed: null });
    runs.set(run.id, run);
  }

  // All that is not known to be saved; `kept` is the part of it that is.
  const unsent = () => waiting().map((run) => ({ ...asSpan(run), kept: run.kept }));

  // What an earlier visit could not save.
  function restore(spans) {
    for (const span of Array.isArray(spans) ? spans : []) {
      if (typeof span?.id !== "string" || !Array.isArray(span.segments) || runs.has(span.id)) continue;
      const [from, to] = (span.segments[0] ?? [0, 0]).map(inMs);
      runs.set(span.id, { ...span, from, to, kept: Array.isArray(span.kept) ? span.kept : null, version: 1, saved: 0, handed: null });
    }
    position ??= [...runs.values()].at(-1)?.position ?? null;
    urgent ||= runs.size > 0;
  }

  return { on, due, saved, closed, dropped, unsent, restore };
}

// Where the part of a run begins that was not kept before; all of it where that is not plain.
function newFrom({ from, to, kept }) {
  const goesOn = kept && kept[1] > kept[0] && kept[0] <= from && from <= kept[1];
  return goesOn ? Math.min(to, kept[1]) : from;
}

function asSpan({ id, session, from, to, position, duration, rate }) {
  const segments = to > from ? [[from / 1000, to / 1000]] : [];
  return { id, session, segments, position, duration, rate };
}

const inMs = (seconds) => Math.round(seconds * 1000);
const inMicros = (seconds) => Math.round(seconds * 1e6) / 1e6;

// Intervals as disjoint, sorted ones; touching ones are joined.
function union(intervals) {
  const joined = [];
  for (const [from, to] of [...intervals].sort(([a], [b]) => a - b)) {
    const end = joined.at(-1);
    if (end && from <= end[1]) end[1] = Math.max(end[1], to);
    else joined.push([from, to]);
  }
  return joined;
}

// What of some intervals is in none of the others (disjoint, sorted).
function minus(intervals, others) {
  const left = [];
  for (const [start, end] of intervals) {
    let from = start;
    for (const [a, b] of others) {
      if (b <= from || a >= end) continue;
      if (a > from) left.push([from, a]);
      from = Math.max(from, b);
    }
    if (end > from) left.push([from, end]);
  }
  return left;
}
