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
    if (event.key === "Enter") {
      event.preventDefault();
      onCheck();
    }
    event.stopPropagation(); // JupyterLab's shortcuts are not meant for what is typed here
  });
  line.append(field);
  if (question.form.unit) line.append(node("span", { class: "kit-check-unit" }, question.form.unit));
  element.append(prompt(question, promptId, "div"), line);
  return { element, value: () => field.value, set: (text) => { field.value = text; } };
}
