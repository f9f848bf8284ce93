// Gaps in a text or in code: in each place a field, or a drop-down.

INPUTS.blanks = function blanksInput({ question, words, promptId, initial, onChange, onCheck }) {
  const { gaps, code, prose_html: prose } = question.form;
  const element = node("div", { "data-lm-suppress-shortcuts": "true" }); // JupyterLab's
  const text = code === undefined ? htmlNode("div", prose) : codeLines(code);
  text.className = code === undefined ? "kit-blanks-prose" : "kit-blanks-code";
  const fields = gaps.map(({ options }, index) => {
    const name = words.gap.replace("{n}", index + 1).replace("{all}", gaps.length);
    return options.length ? optionsField(options, words.choose, name) : gapField(name);
  });
  putInPlace(text, fields.map((field, index) => numbered(field, gaps.length > 1 ? index + 1 : "")));
  const value = () => {
    const given = gaps.map(({ name }, index) => [name, fields[index].value.trim()]);
    return given.some(([, each]) => each) ? JSON.stringify(Object.fromEntries(given)) : "";
  };
  const set = (written) => {
    const given = Object(readJson(written, {}));
    gaps.forEach(({ name }, index) => { fields[index].value = given[name] ?? ""; });
  };
  for (const field of fields) {
    field.addEventListener("input", () => onChange(value()));
    field.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (!isEnter(event)) return;
      event.preventDefault();
      onCheck();
    });
  }
  set(initial);
  element.append(questionNode(question, promptId, "div"), text);
  return { element, value, set };
};

function gapField(name) {
  return node("input", { type: "text", "aria-label": name, autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false" });
}

// A drop-down whose first entry is none.
function optionsField(options, none, name) {
  const field = node("select", { class: "kit-select", ...(name ? { "aria-label": name } : {}) });
  field.append(node("option", { value: "" }, none));
  for (const text of options) field.append(node("option", { value: text }, text));
  return field;
}

function numbered(field, number) {
  const box = node("span", { class: "kit-gap" });
  if (number) box.append(node("span", { class: "kit-gap-number", "aria-hidden": "true" }, String(number)));
  box.append(field);
  return box;
}

// Lines of code, each with its indentation, so that what wraps stays below its own line.
function codeLines(code) {
  const block = node("div");
  for (const line of code.split("\n")) {
    const indent = line.length - line.trimStart().length;
    block.append(node("div", { class: "kit-blanks-line", style: `--indent: ${indent}` }, line.trimStart() || "\u200b"));
  }
  return block;
}

// Put the fields where "{{1}}", "{{2}}" ... stand in a text.
function putInPlace(text, fields) {
  const walker = document.createTreeWalker(text, NodeFilter.SHOW_TEXT);
  const places = [];
  while (walker.nextNode()) if (walker.currentNode.data.includes("{{")) places.push(walker.currentNode);
  for (const place of places) {
    const parts = place.data.split(/\{\{(\d+)\}\}/);
    place.replaceWith(...parts.map((part, at) => {
      if (at % 2) return fields[part - 1];
      return at && /^[.,;:!?)\]]/.test(part) ? `\u2060${part}` : part; // no line begins with a comma
    }));
  }
}
