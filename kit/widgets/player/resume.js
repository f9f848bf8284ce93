// Where the film goes on: at the second that the page's address or another part of the page asks
// for, or else where it was left.

const AT_ITS_END = 1; // seconds: who left it so near to its beginning or end begins anew

// seek(seconds) goes there; hasPlayed() is whether the learner has begun already; `where` shows where
// it was left.
function newResume({ info, film, root, seek, hasPlayed, where }) {
  const onAsked = ({ detail }) => {
    if (detail?.item !== info.item) return;
    seek(detail.time);
    root.scrollIntoView({ block: "nearest" });
  };
  window.addEventListener("kit:seek", onAsked);

  return {
    // Once the film's length is known; `left` is in seconds.
    begin(left) {
      const asked = addressedTo(info.item);
      const to = asked ?? left;
      if (hasPlayed() || to >= film.duration - AT_ITS_END) return;
      if (asked === null && left <= AT_ITS_END) return;
      seek(to);
      if (asked === null) where.textContent = info.words.resume.replace("{time}", clock(left));
    },
    // It was told of a step of the film (see listen).
    on(kind) {
      if (kind === "playing" || kind === "seek") where.textContent = "";
    },
    end: () => window.removeEventListener("kit:seek", onAsked),
  };
}

// The second that the page's address asks for (?play=<item>&t=<seconds>), or null.
function addressedTo(item) {
  const asked = new URLSearchParams(window.location.search);
  const time = Number.parseFloat(asked.get("t"));
  return asked.get("play") === item && time >= 0 ? time : null;
}
