"""CheckWidget: a check as the learner sees it, in JupyterLab, in the app and in VS Code.

The browser gets the question and, after each step, the state that the learner has earned: the
answer stays in Python. Judge, then write the event, then show.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping
from typing import Any

import anywidget
import traitlets

from kit.checks import Check, Failed, Outcome, Passed, Work, attempt
from kit.checks.code import source_of
from kit.checks.explain import explain
from kit.checks.limits import time_limit
from kit.checks.work import MISSING, Run, run_source
from kit.errors import KitError
from kit.journal import Journal
from kit.progress import ItemProgress
from kit.widgets.assets import script, style
from kit.widgets.markdown import clean_html, to_html
from kit.words import _

MAX_ANSWER_CHARACTERS = 20_000


class CheckWidget(anywidget.AnyWidget):
    """One check, wired to the journal.

    Args:
        check: the question and its judge.
        journal: where what the learner does is kept.
        namespace: the learner's names, in which code runs and work is looked for.
        in_app: whether the learner has no cells, so that code needs an editor here.
    """

    _esm = script("check")
    _css = style("check")
    question = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)

    def __init__(
        self, check: Check, journal: Journal, namespace: dict[str, Any], *, in_app: bool
    ) -> None:
        self._check = check
        self._journal = journal
        self._namespace = namespace
        self._in_app = in_app
        super().__init__(question=self._question(), state=self._restored())
        self.on_msg(self._on_message)

    def _question(self) -> dict[str, Any]:
        check = self._check
        return {
            "id": check.id,
            "kind": check.kind,
            "prompt": to_html(check.prompt),
            "form": {**check.form(), **self._rendered_options()},
            "editor": check.takes_code and self._in_app,
            "place": self._journal.place(check.id),
            "words": _words(in_app=self._in_app),
        }

    def _rendered_options(self) -> dict[str, Any]:
        options = self._check.form().get("options", [])
        return {"options_html": [to_html(option) for option in options]} if options else {}

    def _on_message(self, _widget: object, message: Any, _buffers: object) -> None:
        """Answer one message from the browser; whatever happens, it gets a new state."""
        if not isinstance(message, dict):
            return
        try:
            step = _STEPS.get(str(message.get("do")))
            if step is None:
                return
            state = step(self, str(message.get("answer", ""))[:MAX_ANSWER_CHARACTERS])
        except KitError as error:
            state = {**self.state, "problem": to_html(str(error))}
        except Exception as error:
            self.log.exception("The check %r failed to answer", self._check.id)
            state = {**self.state, "problem": to_html(f"{type(error).__name__}: {error}")}
        self.state = {**state, "turn": message.get("turn", 0)}

    def _do_check(self, answer: str) -> dict[str, Any]:
        run = None
        given: Any = answer
        if self._check.takes_code:
            run = self._run_work(answer) if self._in_app else None
            given = self._work(answer, run)
            answer = given.source
        outcome = attempt(self._check, given)
        problem = self._save(answer, outcome)
        shown = {
            **self.state,
            **self._progress_state(),
            "outcome": outcome.name,
            "partial": isinstance(outcome, Failed) and outcome.score > 0,
            "feedback": to_html(outcome.feedback),
            "output": _output(run) if run and not run.error else None,
            "answer": answer,
            "restored": False,
        }
        return {**shown, "problem": problem} if problem else shown

    def _save(self, answer: str, outcome: Outcome) -> str:
        """Write the answer; "" when it is on the disk, else why it is not (HTML)."""
        if outcome.name == "not_attempted":
            return ""
        result: dict[str, Any] = {
            "answer": answer[:MAX_ANSWER_CHARACTERS],
            "outcome": outcome.name,
            "feedback": outcome.feedback,
        }
        if isinstance(outcome, Failed) and outcome.score:
            result["score"] = outcome.score
        if not isinstance(outcome, Passed | Failed):
            result["fault"] = getattr(outcome, "fault", "")[-4000:]
        try:
            self._journal.record("answered", self._check.id, result, self._check.version())
        except KitError as error:
            return to_html(_("**Your answer is not saved.** ") + str(error))
        return ""

    def _do_run(self, source: str) -> dict[str, Any]:
        run = run_source(source, self._namespace)
        return {**self.state, "problem": "", "output": _output(run), "answer": source}

    def _do_hint(self, _answer: str) -> dict[str, Any]:
        taken = self._journal.progress().item(self._check.id).hints
        if taken < len(self._check.hints):
            self._journal.record("hinted", self._check.id, {"hint": taken}, self._check.version())
        return {**self.state, **self._progress_state()}

    def _do_reveal(self, _answer: str) -> dict[str, Any]:
        progress = self._journal.progress().item(self._check.id)
        if self._may_reveal(progress) and not progress.revealed:
            self._journal.record("revealed", self._check.id, {}, self._check.version())
        return {**self.state, **self._progress_state()}

    def _do_refresh(self, _answer: str) -> dict[str, Any]:
        """What was saved in another tab; where no answer was, the words on the page stay."""
        now = self._restored()
        answered = now["attempts"] != self.state["attempts"]
        return now if answered else {**self.state, **self._progress_state()}

    def _run_work(self, source: str) -> Run:
        # What an earlier version of the code defined must not be judged in place of this one.
        self._namespace.pop(self._name, None)
        return run_source(source, self._namespace)

    def _work(self, source: str, run: Run | None) -> Work:
        """What the learner made: the editor's code, or the name in their notebook."""
        value = self._namespace.get(self._name, MISSING)
        if run:
            return Work(value, source, run.error)
        return Work(value, _source_in_history(self._namespace, self._name) or source_of(value))

    @property
    def _name(self) -> str:
        return str(self._check.name)  # type: ignore[attr-defined]  # kinds that take code

    def _restored(self) -> dict[str, Any]:
        """The state as it was left, from the journal; runs no learner's code."""
        fresh: dict[str, Any] = {
            "outcome": "fresh", "feedback": "", "answer": "", "passed": False, "attempts": 0,
            "tried": [], "hints": [], "hints_left": len(self._check.hints), "solution": "",
            "may_reveal": False, "problem": "", "turn": 0,
        }  # fmt: skip
        state = {**fresh, **self._progress_state()}
        if state["problem"] or not state["attempts"]:
            return state
        last = self._journal.progress().item(self._check.id).tried[-1]
        return {
            **state,
            "outcome": last["outcome"],
            "partial": bool(last.get("score")),
            "feedback": to_html(str(last.get("feedback", ""))),
            "answer": str(last.get("answer", "")),
            "restored": True,
        }

    def _progress_state(self) -> dict[str, Any]:
        """What follows from the journal: hints taken, earlier answers, the solution if earned."""
        try:
            progress = self._journal.progress().item(self._check.id)
        except KitError as error:
            return {"problem": to_html(str(error))}
        hints = self._check.hints[: progress.hints]
        see_solution = progress.passed or progress.revealed
        return {
            "passed": progress.passed,
            "attempts": progress.attempts,
            "tried": [] if self._check.takes_code else _tried(progress),
            "hints": [to_html(hint) for hint in hints],
            "hints_left": len(self._check.hints) - len(hints),
            "solution": to_html(self._check.solution()) if see_solution else "",
            "may_reveal": self._may_reveal(progress) and not see_solution,
            "problem": "",
        }

    def _may_reveal(self, progress: ItemProgress) -> bool:
        after = self._check.solution_after
        return after is not None and progress.attempts >= after

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The live widget, and the question as text for where no kernel runs."""
        data, metadata = super()._repr_mimebundle_(**kwargs)
        text = self._check.text()
        return {**data, "text/plain": text, "text/markdown": text}, metadata


_STEPS = {
    "check": CheckWidget._do_check,
    "run": CheckWidget._do_run,
    "hint": CheckWidget._do_hint,
    "reveal": CheckWidget._do_reveal,
    "refresh": CheckWidget._do_refresh,
}


def _tried(progress: ItemProgress) -> list[str]:
    """Earlier wrong answers, each once, the oldest first."""
    wrong = [str(each.get("answer", "")) for each in progress.tried if each["outcome"] == "failed"]
    return list(dict.fromkeys(wrong))


def _output(run: Run) -> dict[str, str]:
    """What a run shows under the editor: text printed, the last value, or the error explained."""
    shown = {"text": _plain(run.printed), "html": ""}
    if run.error:
        return {**shown, "html": to_html(explain(run.error))}
    if run.value is MISSING:
        return shown
    try:
        with time_limit():
            as_html = getattr(run.value, "_repr_html_", None)
            table = as_html() if callable(as_html) else None
            if isinstance(table, str):
                return {**shown, "html": clean_html(table)}
            return {**shown, "text": shown["text"] + _plain(repr(run.value))}
    except BaseException as error:
        return {**shown, "html": to_html(explain(error))}


def _plain(text: str) -> str:
    """Text of a size and kind that can be sent: a lone half of a character cannot."""
    return text[:MAX_ANSWER_CHARACTERS].encode("utf-8", "replace").decode()


def _source_in_history(namespace: Mapping[str, Any], name: str) -> str:
    """The latest cell that defines a name, from IPython's input history."""
    for source in reversed(list(namespace.get("In", []))):
        if name in source and _defines(source, name):
            return str(source)
    return ""


def _defines(source: str, name: str) -> bool:
    try:
        body = ast.parse(source).body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    for node in body:
        match node:
            case ast.FunctionDef(name=defined) if defined == name:
                return True
            case ast.Assign(targets=[ast.Name(id=defined)]) if defined == name:
                return True
            case ast.AnnAssign(target=ast.Name(id=defined)) if defined == name:
                return True
    return False


def _words(*, in_app: bool) -> dict[str, str]:
    """The words on the page, in the learner's language."""
    still = _("Still waiting for an answer.")
    no_answer = (
        still + " " + _("If this stays so, reload the page; what you have saved is safe.")
        if in_app
        else still
        + " "
        + _("If this stays so, restart the notebook and run its first cell; your answers are safe.")
    )
    return {
        "check": _("Check"),
        "checking": _("Checking…"),
        "run": _("Run"),
        "running": _("Running…"),
        "hint": _("Hint"),
        "left": _("({n} left)"),
        "reveal": _("Show solution"),
        "solution": _("Solution"),
        "start_over": _("Start over"),
        "editor": _("Your code"),
        "editor_help": _(
            "Ctrl+Enter checks, Shift+Enter runs. To leave the editor, press Escape, then Tab."
        ),
        "cell_above": _("Write it in the cell above, run that cell, then choose Check."),
        "saved_code": _("Your saved answer"),
        "tried": _("Tried so far:"),
        "output": _("Output"),
        "hints": _("Hints"),
        "saved": _("Saved"),
        "restored": _("Saved earlier"),
        "passed": _("Right"),
        "failed": _("Not yet"),
        "partial": _("Partly right"),
        "not_attempted": _("Not answered yet"),
        "broken": _("This check has a fault"),
        "no_answer": no_answer,
        "start_over_sure": _("Put the code of the start in place of yours?"),
    }
