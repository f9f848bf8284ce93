// Code: an editor where the learner has no cells, and in a notebook the cell above the check.

for (const kind of ["code", "table", "plot"]) INPUTS[kind] = cellAbove;

INPUTS.editor = function editorInput({ question, words, promptId, initial, onChange, onCheck, onRun }) {
  const element = node("div");
  const helpId = `${promptId}-help`;
  const host = node("div", { class: "kit-check-editor" });
  element.append(questionNode(question, promptId, "div"), node("div", { class: "kit-check-label" }, words.editor),
    host, node("p", { class: "kit-check-note kit-check-keys", id: helpId }, words.editor_help));
  // A plain text area until the editor has loaded, and where it cannot be loaded.
  const area = node("textarea", { "aria-label": words.editor, "aria-describedby": helpId, spellcheck: "false" });
  area.value = initial || question.form.starter;
  area.addEventListener("input", () => onChange(area.value));
  area.addEventListener("keydown", (event) => {
    if (isCtrlEnter(event)) onCheck();
    else if (isEnter(event) && event.shiftKey) { event.preventDefault(); onRun(); }
  });
  host.append(area);
  let editor = null;
  let gone = false;
  import(serverUrl("kit/static/vendor/editor.js")).then(({ createEditor }) => {
    if (gone) return;
    const hadFocus = document.activeElement === area;
    area.remove();
    editor = createEditor(host, { doc: area.value, label: words.editor, describedBy: helpId, onChange, onCheck, onRun });
    if (hadFocus) editor.focus();
  }, () => {});
  return {
    element,
    value: () => (editor ? editor.value() : area.value),
    set(text) {
      if (editor) editor.setValue(text);
      else area.value = text;
    },
    destroy() {
      gone = true;
      editor?.destroy();
    },
  };
};

function cellAbove({ question, words, promptId }) {
  const element = node("div");
  const saved = node("details", { class: "kit-check-solution", hidden: "" });
  const code = node("pre", { tabindex: "0", "aria-label": words.saved_code });
  saved.append(node("summary", {}, words.saved_code), code);
  element.append(questionNode(question, promptId, "div"), node("p", { class: "kit-check-note" }, words.cell_above), saved);
  return {
    element,
    value: () => "",
    saved(now) {
      saved.hidden = !now.restored || !now.answer;
      code.textContent = now.answer;
    },
  };
}
