// A free text; once it is kept, what a good answer has, for the learner to tick.

INPUTS.reflect = function reflectInput({ question, words, promptId, initial, onChange, onCheck }) {
  const element = node("div");
  const area = node("textarea", { class: "kit-check-text", rows: "5", "aria-labelledby": promptId });
  area.value = initial ?? "";
  area.addEventListener("input", () => onChange(area.value));
  area.addEventListener("keydown", (event) => {
    if (isCtrlEnter(event)) onCheck();
    event.stopPropagation();
  });
  const help = node("p", { class: "kit-check-note" }, `${words.reflect_help} `);
  help.append(node("span", { class: "kit-check-keys" }, words.reflect_keys));
  element.append(questionNode(question, promptId, "div"), area, help);
  return { element, value: () => area.value, set: (text) => { area.value = text; } };
};
