// The inputs of a check, one file for each kind, joined after this one (assets.py).
//
// INPUTS.<kind> takes { question, words, promptId, initial, onChange, onCheck, onRun } and gives
// { element, value(), set(text) } and, where needed, saved(state), destroy(). What it gives to
// onChange, value() and set() is the answer as text, the same that Check.parse reads in Python.

const INPUTS = {};

function questionNode(question, id, tag) {
  const element = htmlNode(tag, question.prompt);
  element.id = id;
  element.className = "kit-check-prompt";
  return element;
}

// Enter as a command: not the one that ends a word of an input method, as for Japanese (in Safari
// that one comes after the word's end, and only its old code tells it apart).
const isEnter = (event) => event.key === "Enter" && !event.isComposing && event.keyCode !== 229;

// With Ctrl, or Cmd on a Mac, where Enter alone begins a new line or presses a button.
const isCtrlEnter = (event) => isEnter(event) && (event.ctrlKey || event.metaKey);
