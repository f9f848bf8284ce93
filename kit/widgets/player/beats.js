// Tells the server what was played, and keeps here what it has not confirmed: in memory, and in
// this browser's storage for the next visit. One request is under way at a time.

const MOST_SPANS = 100; // in one request
const AGAIN_MS = 500;
const PATIENCE_MS = [1000, 2000, 5000, 10_000]; // between tries, while the server does not answer

// onState is told what the server answers; onProblem, why it is not saved, or "".
function newBeats({ info, model, spans, onState, onProblem }) {
  const post = serverUrl() ? overHttp(info) : overMessages(info, model);
  const kept = keptSpans(info.place);
  let busy = false;
  let failures = 0;
  let timer = null;
  let ended = false;
  const skips = []; // questions that were passed over, { skipped, at }

  function beat() {
    kept.write(spans.unsent());
    if (busy || timer || ended) return;
    const due = spans.due(performance.now()).slice(0, MOST_SPANS);
    if (due.length || skips.length) tell({ spans: due, ...skips[0] });
    else if (spans.unsent().length) again(AGAIN_MS);
  }

  function again(ms) {
    timer ??= setTimeout(() => {
      timer = null;
      beat();
    }, ms);
  }

  async function tell(body) {
    busy = true;
    const answer = await post.send(body).catch(() => null);
    busy = false;
    if (answer?.refused) {
      // Asked again it would be refused again, and what comes after it would wait for ever.
      for (const { id } of body.spans) spans.dropped(id);
      if (body.skipped) skips.shift();
      onProblem(answer.message);
      return;
    }
    if (!answer || answer.message) {
      onProblem(answer?.message ?? info.words.unsaved);
      again(PATIENCE_MS[Math.min(failures, PATIENCE_MS.length - 1)]);
      failures += 1;
      return;
    }
    if (body.skipped) skips.shift();
    for (const id of answer.saved ?? []) spans.saved(id);
    for (const id of answer.closed ?? []) spans.closed(id);
    if (failures) onProblem("");
    failures = 0;
    onState(answer);
    beat();
  }

  // The page may be gone in a moment: all that is not confirmed, without waiting for an answer.
  function flush() {
    const left = spans.unsent();
    kept.write(left);
    if (left.length) post.send({ spans: left.slice(-MOST_SPANS).map(asSent) }).catch(() => {});
  }

  // What an earlier visit could not save goes first; then where the film was left.
  async function begin() {
    spans.restore(kept.read());
    kept.write(spans.unsent());
    const due = spans.due(performance.now()).slice(0, MOST_SPANS);
    if (due.length) await tell({ spans: due });
    return ask();
  }

  // The film's state as it is kept, or null where it is not known now; onState is told it too.
  async function ask() {
    const state = await post.ask().catch(() => null);
    if (!state || state.message) return null;
    onState(state);
    return state;
  }

  function skip(check, at) {
    skips.push({ skipped: check, at });
    beat();
  }

  const onHide = () => document.visibilityState === "hidden" && flush();
  document.addEventListener("visibilitychange", onHide);
  window.addEventListener("pagehide", flush);
  return {
    beat,
    begin,
    skip,
    ask,
    end() {
      flush();
      ended = true;
      clearTimeout(timer);
      post.end();
      document.removeEventListener("visibilitychange", onHide);
      window.removeEventListener("pagehide", flush);
    },
  };
}

const asSent = ({ kept, ...span }) => span;

function overHttp({ lesson, item }) {
  const url = serverUrl("kit/api/played", lesson);
  const answerOf = async (response) => {
    const answer = await response.json();
    return response.ok || "refused" in answer ? answer : null; // or Jupyter's own: not logged in, say
  };
  return {
    ask: async () => answerOf(await fetch(`${url}?item=${encodeURIComponent(item)}`, { cache: "no-store" })),
    send: async (body) => answerOf(await fetch(url, {
      method: "POST",
      keepalive: true, // goes on when the page is closed
      headers: { "Content-Type": "application/json", "X-XSRFToken": cookie("_xsrf") },
      body: JSON.stringify({ item, ...body }),
    })),
    end() {},
  };
}

const ANSWER_WITHIN_MS = 10_000;

// Through the lesson's code, where there is no server of ours.
function overMessages({ item }, model) {
  const waiting = new Map();
  const onAnswer = (answer) => {
    if (answer?.do === "played") waiting.get(answer.turn)?.(answer);
  };
  model.on("msg:custom", onAnswer);
  return {
    ask: async () => model.get("state"),
    send: (body) => new Promise((resolve) => {
      const turn = newId();
      const settle = (answer) => {
        clearTimeout(timer);
        waiting.delete(turn);
        resolve(answer);
      };
      const timer = setTimeout(settle, ANSWER_WITHIN_MS, null);
      waiting.set(turn, settle);
      if (!send(model, { do: "played", turn, item, ...body })) settle(null);
    }),
    end: () => model.off("msg:custom", onAnswer),
  };
}

// Each visit has a key of its own, so that no tab writes over another's. What is read is this visit's
// from then on; where its tab is still there, both tell it, which is the same as once.
function keptSpans(place) {
  const all = `kit-unsent/${place}`;
  const key = all + newId();
  let last = "";
  let others = [];
  return {
    read() {
      others = storedKeys(all).filter((each) => each !== key);
      return others.flatMap((each) => stored(each, []));
    },
    write(spans) {
      const text = spans.length ? JSON.stringify(spans) : "";
      if (text !== last) store(key, spans.length ? spans : null);
      last = text;
      for (const each of others.splice(0)) store(each, null);
    },
  };
}

function cookie(name) {
  return document.cookie.match(`(?:^|; )${name}=([^;]*)`)?.[1] ?? "";
}
