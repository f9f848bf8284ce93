// A number or a text on one line.

INPUTS.number = (context) => lineInput(context, { inputmode: "decimal" });
INPUTS.text = (context) => lineInput(context, {});

function lineInput({ question, words, promptId, initial, onChange, onCheck }, attributes) {
  const element = node("div");
  const line = node("div", { class: "kit-check-line" });
  const field = node("input", { type: "text", autocomplete: "off", autocapitalize: "off", spellcheck: "false", "aria-labelledby": promptId, ...attributes });
  field.value = initial ?? "";
  field.addEventListener("input", () => onChange(field.value));
  field.addEventListener("keydown", (event) => {
    if (isEnter(event)) {
      event.preventDefault();
      onCheck();
    }
    event.stopPropagation(); // JupyterLab's shortcuts are not meant for what is typed here
  });
  line.append(field);
  if (question.form.unit) {
    const unit = node("span", { class: "kit-check-unit", id: `${promptId}-unit` }, question.form.unit);
    field.setAttribute("aria-labelledby", `${promptId} ${unit.id}`);
    line.append(unit);
  }
  element.append(questionNode(question, promptId, "div"), line);
  return { element, value: () => field.value, set: (text) => { field.value = text; } };
}
