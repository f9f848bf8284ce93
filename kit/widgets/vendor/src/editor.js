/*
 * The code editor of Lesson Kit: CodeMirror 6 set up for short Python answers.
 *
 * build.sh bundles this file into ../editor.js, which the widget loads with a
 * dynamic import(). All colours are CSS custom properties (--kit-code-*), so a
 * page switches between light and dark without a rebuild and without telling
 * the editor. The fallbacks are a light scheme; a page that sets a dark paper
 * has to set the other colours too.
 */

import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import {
  defaultKeymap,
  history,
  historyKeymap,
  indentWithTab,
  isolateHistory,
  simplifySelection,
} from "@codemirror/commands";
import { pythonLanguage } from "@codemirror/lang-python";
import {
  bracketMatching,
  HighlightStyle,
  indentOnInput,
  indentUnit,
  syntaxHighlighting,
} from "@codemirror/language";
import { Annotation, Compartment, EditorState, Prec } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { tags } from "@lezer/highlight";

// Every fallback has at least 4.5:1 contrast, both on the fallback paper and
// on the fallback selection (the border and the focus ring need only 3:1).
const colour = {
  paper: "var(--kit-code-paper, #ffffff)",
  text: "var(--kit-code-text, #1f2328)",
  keyword: "var(--kit-code-keyword, #7a1fa2)",
  string: "var(--kit-code-string, #1a632c)",
  number: "var(--kit-code-number, #0a55a0)",
  comment: "var(--kit-code-comment, #545d66)",
  function: "var(--kit-code-function, #854600)",
  selection: "var(--kit-code-selection, #cfe3fb)",
  focus: "var(--kit-focus, #0a55a0)",
  line: "var(--kit-line, #767c84)",
  muted: "var(--kit-muted, #545d66)",
};

// "&.cm-editor" instead of "&": JupyterLab has page-wide rules for .cm-editor
// (its own cells), and these must win whichever style sheet comes later.
const theme = EditorView.theme({
  "&.cm-editor": {
    backgroundColor: colour.paper,
    color: colour.text,
    border: `1px solid ${colour.line}`,
    borderRadius: "4px",
    // Room for the focus outline: JupyterLab clips what leaves a cell's output.
    margin: "4px",
  },
  "&.cm-editor.cm-focused": {
    outline: `2px solid ${colour.focus}`,
    outlineOffset: "2px",
  },
  "&.cm-editor .cm-scroller": {
    fontFamily: "var(--kit-mono, ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace)",
    lineHeight: "1.5",
    overflow: "auto",
  },
  "&.cm-editor .cm-content": { caretColor: colour.text, padding: "6px 0" },
  "&.cm-editor .cm-line": { padding: "0 8px" },
  // The browser draws the selection and the cursor (no drawSelection()):
  // that keeps them visible in forced-colours mode too.
  "&.cm-editor .cm-line::selection, &.cm-editor .cm-line ::selection": {
    backgroundColor: colour.selection,
  },
  "&.cm-editor .cm-gutters": {
    backgroundColor: colour.paper,
    color: colour.muted,
    borderRight: `1px solid ${colour.line}`,
  },
  // Brackets are marked by shape, not by a colour.
  "&.cm-editor.cm-focused .cm-matchingBracket": {
    backgroundColor: "transparent",
    outline: `1px solid ${colour.muted}`,
  },
  "&.cm-editor.cm-focused .cm-nonmatchingBracket": {
    backgroundColor: "transparent",
    textDecoration: `underline wavy ${colour.muted}`,
  },
  // Faded text would be too hard to read, so a disabled editor keeps its
  // colours and changes its border and pointer.
  "&.cm-editor.kit-disabled": { borderStyle: "dashed" },
  "&.cm-editor.kit-disabled .cm-content": { cursor: "not-allowed" },
});

const highlight = HighlightStyle.define([
  { tag: [tags.keyword, tags.bool, tags.null], color: colour.keyword },
  { tag: tags.string, color: colour.string },
  { tag: tags.number, color: colour.number },
  { tag: tags.comment, color: colour.comment, fontStyle: "italic" },
  {
    tag: [
      tags.function(tags.variableName),
      tags.function(tags.propertyName),
      tags.className,
      tags.meta, // decorators
    ],
    color: colour.function,
  },
]);

// No keyboard trap (WCAG 2.1.2): Tab indents, so Escape gives the next Tab
// back to the browser. CodeMirror does this by itself, but only for two
// seconds, which is too short for some people, and not when Escape drops a
// selection. Here it holds until another key is pressed or the focus leaves.
const NO_TIME_LIMIT = 24 * 60 * 60 * 1000;

function escape(view) {
  simplifySelection(view);
  view.setTabFocusMode(NO_TIME_LIMIT);
  return true; // or CodeMirror's own handler sets its two seconds
}

const endEscape = EditorView.domEventHandlers({
  // A number, not false: that would also undo the lasting Ctrl-M mode.
  blur: (_event, view) => view.setTabFocusMode(0),
});

// Marks changes made by setValue(), which onChange() does not report.
const fromOutside = Annotation.define();

const enabledState = [];
const disabledState = [
  EditorState.readOnly.of(true),
  EditorView.editable.of(false),
  EditorView.editorAttributes.of({ class: "kit-disabled" }),
  EditorView.contentAttributes.of({
    "aria-disabled": "true",
    // JupyterLab leaves the keys of editable elements alone. This one is not
    // editable now, so without the mark they would be shortcuts of the
    // notebook, among them "d d", which deletes the cell.
    "data-lm-suppress-shortcuts": "true",
  }),
];

/**
 * Put an editor at the end of `parent`.
 *
 * `label` names it for screen readers; `describedBy` is the id of an element
 * with more to say (it should tell that Escape and then Tab leaves).
 * `onChange(text)` follows the learner's own changes, `onRun()` Shift-Enter and
 * `onCheck()` Ctrl-Enter or Cmd-Enter; a disabled editor calls none of them.
 */
export function createEditor(
  parent,
  { doc = "", label, describedBy, onChange, onRun, onCheck } = {},
) {
  const disabling = new Compartment();

  // Without a callback the key keeps CodeMirror's meaning.
  const calling = (callback) => (view) => {
    if (!callback) return false;
    if (!view.state.readOnly) callback();
    return true;
  };
  const key = (name, run) => ({ key: name, run, preventDefault: true, stopPropagation: true });

  const view = new EditorView({
    parent,
    doc,
    extensions: [
      Prec.highest(
        keymap.of([
          key("Shift-Enter", calling(onRun)),
          key("Ctrl-Enter", calling(onCheck)),
          key("Cmd-Enter", calling(onCheck)),
          { key: "Escape", run: escape },
        ]),
      ),
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, indentWithTab]),
      endEscape,
      // The language alone: python() would add its completion sources.
      pythonLanguage,
      indentUnit.of("    "),
      EditorState.tabSize.of(4),
      lineNumbers(),
      history(),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      EditorView.lineWrapping,
      syntaxHighlighting(highlight),
      theme,
      EditorView.contentAttributes.of({
        "aria-label": label ?? "Python code",
        ...(describedBy ? { "aria-describedby": describedBy } : {}),
        // Keeps it reachable by keyboard while disabled, to read and scroll.
        tabindex: "0",
      }),
      EditorView.updateListener.of((update) => {
        const byUser = update.transactions.some(
          (change) => change.docChanged && !change.annotation(fromOutside),
        );
        if (byUser) onChange?.(update.state.doc.toString());
      }),
      disabling.of(enabledState),
    ],
  });

  return {
    value: () => view.state.doc.toString(),

    // One step of its own in the history: undo brings the learner's text back.
    setValue(text) {
      const next = view.state.toText(text);
      if (next.eq(view.state.doc)) return; // keep the cursor where it is
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: next },
        annotations: [fromOutside.of(true), isolateHistory.of("full")],
      });
    },

    setDisabled(disabled) {
      view.dispatch({ effects: disabling.reconfigure(disabled ? disabledState : enabledState) });
    },

    focus: () => view.focus(),
    destroy: () => view.destroy(),
  };
}
