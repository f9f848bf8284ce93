// What is said in a sound, which has no picture to show it in: a line of text.

function newCaption(info) {
  const element = node("p", { class: "kit-media-caption", hidden: "" });
  let cues = [];
  return {
    element,
    use(captions) {
      cues = captions?.cues ?? [];
      element.hidden = info.kind !== "audio" || !captions;
    },
    at(time) {
      element.textContent = cues.find(([start, end]) => start <= time && time < end)?.[2] ?? "";
    },
  };
}
