// "How sure are you?", asked before the verdict, below the input of a check of any kind.

function confidenceInput({ words, name, initial, onChange, onCheck }) {
  const element = node("fieldset", { class: "kit-check-confidence", "data-lm-suppress-shortcuts": "true" }); // JupyterLab's
  element.append(node("legend", {}, words.how_sure));
  const radios = ["sure", "think_so", "guess"].map((value) => {
    const label = node("label");
    const radio = node("input", { type: "radio", name, value });
    radio.addEventListener("change", onChange);
    radio.addEventListener("keydown", (event) => isEnter(event) && onCheck());
    label.append(radio, words[value]);
    element.append(label);
    return radio;
  });
  const value = () => radios.find((radio) => radio.checked)?.value ?? "";
  const set = (wanted) => { for (const radio of radios) radio.checked = radio.value === wanted; };
  set(initial);
  return { element, value, set };
}
