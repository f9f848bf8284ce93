// One option (radio buttons) or all that are right (check boxes).

INPUTS.choice = (context) => optionsInput(context, "radio");
INPUTS.choices = (context) => optionsInput(context, "checkbox");

function optionsInput({ question, words, promptId, initial, onChange, onCheck }, type) {
  // Without the attribute JupyterLab takes the arrow keys for itself.
  const element = node("fieldset", { "data-lm-suppress-shortcuts": "true" });
  element.append(questionNode(question, promptId, "legend"));
  if (type === "checkbox") element.append(node("p", { class: "kit-check-note" }, words.choose_all));
  const boxes = question.form.options.map((text, index) => {
    const label = node("label", { class: "kit-check-option" });
    const box = node("input", { type, name: promptId, value: text });
    box.addEventListener("change", () => onChange(value()));
    box.addEventListener("keydown", (event) => isEnter(event) && onCheck());
    label.append(box, htmlNode("span", question.form.options_html[index]));
    element.append(label);
    return box;
  });
  const chosen = () => boxes.filter((box) => box.checked).map((box) => box.value);
  const value = () => {
    if (type === "radio") return chosen()[0] ?? "";
    return chosen().length ? JSON.stringify(chosen()) : "";
  };
  const set = (text) => {
    const wanted = type === "radio" ? [text] : readJson(text, []);
    for (const box of boxes) box.checked = Array.isArray(wanted) && wanted.includes(box.value);
  };
  set(initial);
  return { element, value, set };
}
