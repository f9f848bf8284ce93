// Where the film's bytes come from: the server, or, where there is none (VS Code), messages.

const sizeInMb = (bytes) => (bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1);

function mediaUrl(info, { path, v }) {
  return `${serverUrl("kit/media", info.lesson, path)}?v=${encodeURIComponent(v)}`;
}

function useServer(info, film) {
  for (const source of info.sources) {
    film.append(node("source", { src: mediaUrl(info, source), type: source.type }));
  }
  if (info.poster) film.poster = mediaUrl(info, info.poster);
}

// Fetch the file piece by piece; onProgress is told how far it is, "" at its end, and onProblem why
// it cannot be had.
function useMessages({ info, model, film, onProgress, onProblem }) {
  const [source] = info.sources;
  const pieces = [];
  let had = 0;
  const ask = () => send(model, { do: "file", path: source.path, from: had });
  const onPiece = (message, buffers) => {
    if (message?.do !== "file" || message.path !== source.path || message.from !== had) return;
    if (message.too_big) {
      onProblem(info.words.too_big.replace("{path}", source.path).replace("{size}", sizeInMb(message.bytes)));
      return;
    }
    if (message.message) {
      onProblem(message.message);
      return;
    }
    pieces.push(buffers[0]);
    had += buffers[0].byteLength;
    onProgress(info.words.fetching.replace("{path}", source.path).replace("{percent}", Math.round((100 * had) / message.bytes)));
    if (had < message.bytes) {
      ask();
      return;
    }
    film.src = URL.createObjectURL(new Blob(pieces, { type: source.type }));
    onProgress("");
  };
  model.on("msg:custom", onPiece);
  ask();
  return () => {
    model.off("msg:custom", onPiece);
    if (film.src) URL.revokeObjectURL(film.src);
  };
}

function sayIfNoneCanBePlayed({ info, film, onProblem }) {
  const say = () => {
    const isNone = film.networkState === HTMLMediaElement.NETWORK_NO_SOURCE || !film.querySelector("source");
    if (film.error || isNone) onProblem(info.words.cannot_play.replace("{path}", info.item));
  };
  film.addEventListener("error", say, true); // of a <source> too
}

const hasLength = (film) => new Promise((resolve) => {
  if (film.readyState) resolve();
  else film.addEventListener("loadedmetadata", resolve, { once: true });
});
