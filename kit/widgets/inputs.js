// The inputs of a check, one file for each kind, joined after this one (assets.py).
//
// INPUTS.<kind> takes { question, words, promptId, initial, onChange, onCheck, onRun } and gives
// { element, value(), set(text) } and, where needed, saved(state), destroy(). What it gives to
// onChange, value() and set() is the answer as text, the same that Check.parse reads in Python.

const INPUTS = {};

function prompt(question, id, tag) {
  const element = htmlNode(tag, question.prompt);
  element.id = id;
  element.className = "kit-check-prompt";
  return element;
}
