// Pairs: beside each left, a drop-down of all right-hand sides.

INPUTS.match = function matchInput({ question, words, promptId, initial, onChange, onCheck }) {
  const { lefts, lefts_html: html, options } = question.form;
  const element = node("div", { "data-lm-suppress-shortcuts": "true" }); // JupyterLab's
  const rows = node("ul", { class: "kit-match", role: "list", "aria-labelledby": promptId });
  const fields = lefts.map((left, index) => {
    const row = node("li");
    const label = htmlNode("div", html[index]);
    label.className = "kit-match-left";
    label.id = `${promptId}-left-${index}`;
    const field = optionsField(options, words.choose, "");
    field.setAttribute("aria-labelledby", label.id);
    field.addEventListener("change", () => onChange(value()));
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (!isEnter(event)) return;
      event.preventDefault();
      onCheck();
    });
    row.append(label, field);
    rows.append(row);
    return field;
  });
  const value = () => {
    const chosen = lefts.map((left, index) => [left, fields[index].value]).filter(([, right]) => right);
    return chosen.length ? JSON.stringify(Object.fromEntries(chosen)) : "";
  };
  const set = (written) => {
    const given = Object(readJson(written, {}));
    lefts.forEach((left, index) => { fields[index].value = given[left] ?? ""; });
  };
  set(initial);
  element.append(questionNode(question, promptId, "div"), rows);
  return { element, value, set };
};
