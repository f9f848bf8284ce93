"""CheckWidget: a check as the learner sees it, in JupyterLab, in the app and in VS Code.

The browser gets the question and, after each step, the state that the learner has earned: the
answer stays in Python. Judge, then write the event, then show.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from typing import Any

import traitlets

from kit.checks import Check, Failed, NotAttempted, Outcome, Passed, Work, attempt, attempt_written
from kit.checks.check import NEVER
from kit.checks.code import source_of
from kit.checks.code_check import CodeCheck
from kit.checks.running.constructs import makes
from kit.checks.running.work import MISSING, Run, run_source
from kit.errors import KitError
from kit.journal import Journal
from kit.progress import ItemProgress, variant_of
from kit.widgets.check_words import check_words
from kit.widgets.idle import idle
from kit.widgets.markdown import to_html
from kit.widgets.output import output_of
from kit.widgets.widget import Widget
from kit.words import _

MAX_ANSWER_CHARACTERS = 20_000
CONFIDENCE = ("sure", "think_so", "guess")
MAX_POINTS = 100


class CheckWidget(Widget):
    """One check, wired to the journal.

    Args:
        check: the question and its judge.
        journal: where what the learner does is kept.
        namespace: the learner's names, in which code runs and work is looked for.
        in_app: whether the learner has no cells, so that code needs an editor here.
    """

    files = "check"
    question = traitlets.Dict().tag(sync=True)
    state = traitlets.Dict().tag(sync=True)
    # Apart from the state, which goes out after each step: a picture is a hundred times as big.
    output = traitlets.Dict().tag(sync=True)

    def __init__(
        self, check: Check, journal: Journal, namespace: dict[str, Any], *, in_app: bool
    ) -> None:
        self._check = _latest(check, journal)
        self._journal = journal
        self._namespace = namespace
        self._in_app = in_app
        super().__init__(question=self._question(), state=self._restored())
        self.on_msg(self._on_message)
        idle.add(self._check.prepare)

    def _question(self) -> dict[str, Any]:
        check = self._check
        return {
            "id": check.id,
            "kind": check.kind,
            "prompt": to_html(check.prompt),
            "form": _with_html(check, check.form()),
            "editor": isinstance(check, CodeCheck) and self._in_app,
            "confidence": check.confidence,
            "practice": check.family is not None,
            "place": self._journal.place(check.id),
            "draft": f"kit-draft/{self._journal.place(check.id)}{check.variant}",
            "words": check_words(check.kind, in_app=self._in_app),
        }

    def _on_message(self, _widget: object, message: Any, _buffers: object) -> None:
        self.receive(message)

    @property
    def check(self) -> Check:
        """What is asked now; of a check with variants, the present one."""
        return self._check

    def receive(self, message: Any) -> None:
        """Answer one message from the browser with a new state, whatever happens.

        What no page of ours sends gets none.
        """
        if not isinstance(message, dict):
            return
        step = _STEPS.get(str(message.get("do")))
        if step is None:
            return
        with self.hold_sync():  # what is shown of one step comes at once
            self.state = {**self._after(step, message), "turn": message.get("turn", 0)}

    def _after(self, step: _Step, message: Mapping[str, Any]) -> dict[str, Any]:
        try:
            return step(self, _text(message.get("answer"))[:MAX_ANSWER_CHARACTERS], message)
        except KitError as error:
            return {**self.state, "problem": to_html(str(error))}
        except Exception as error:
            self.log.exception("The check %r failed to answer", self._check.id)
            said = _("That did not work, and it is not you: {error}. Your saved answers are safe.")
            shown = said.format(error=type(error).__name__)
            return {**self.state, "problem": to_html(shown)}

    def _do_check(self, answer: str, message: Mapping[str, Any]) -> dict[str, Any]:
        run = None
        sure = message.get("confidence")
        if self._check.confidence and sure not in CONFIDENCE:
            outcome: Outcome = NotAttempted(_("How sure are you? Choose one, then choose Check."))
        elif isinstance(self._check, CodeCheck):
            run = self._run_work(self._check.name, answer) if self._in_app else None
            work = self._work(self._check.name, answer, run)
            outcome, answer = attempt(self._check, work), work.source
        else:
            outcome = attempt_written(self._check, answer)
        if run:
            # Of an error the feedback speaks; what was shown before it belongs to it.
            self.output = {**output_of(run), **({"html": ""} if run.error else {})}
        problem = self._save(answer, outcome, str(sure) if self._check.confidence else "")
        shown = {
            **self.state,
            **self._progress_state(),
            "outcome": outcome.name,
            "partial": isinstance(outcome, Failed) and outcome.score > 0,
            "feedback": to_html(outcome.feedback),
            "answer": answer,
            "confidence": sure if self._check.confidence else "",
            "restored": False,
        }
        if not problem:
            return shown
        if self._check.kind == "reflect":  # whose one verdict is that the text is kept
            shown.update(outcome="fresh", feedback="")
        return {**shown, "problem": problem}

    def _save(self, answer: str, outcome: Outcome, confidence: str) -> str:
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
        if isinstance(outcome, Failed) and outcome.misconception:
            result["misconception"] = outcome.misconception
        if confidence:
            result["confidence"] = confidence
        if self._check.family:
            result["variant"] = self._check.variant
        if not isinstance(outcome, Passed | Failed):
            result["fault"] = getattr(outcome, "fault", "")[-4000:]
        try:
            self._journal.record("answered", self._check.id, result, self._check.version())
        except KitError as error:
            return to_html(_("**Your answer is not saved.** ") + str(error))
        return ""

    def _do_run(self, source: str, _message: object) -> dict[str, Any]:
        self.output = output_of(run_source(source, self._namespace))
        return {**self.state, "problem": "", "answer": source}

    def _do_hint(self, _answer: str, _message: object) -> dict[str, Any]:
        taken = self._journal.progress().item(self._check.id).hints
        if taken < len(self._check.hints):
            self._journal.record("hinted", self._check.id, {"hint": taken}, self._check.version())
        return {**self.state, **self._progress_state()}

    def _do_reveal(self, _answer: str, _message: object) -> dict[str, Any]:
        state = self._progress_state()
        if state.get("may_reveal"):
            of = {"variant": self._check.variant} if self._check.family else {}
            self._journal.record("revealed", self._check.id, of, self._check.version())
        return {**self.state, **self._progress_state()}

    def _do_another(self, _answer: str, _message: object) -> dict[str, Any]:
        """Ask the next variant; what was answered to this one is kept."""
        if self._check.family:
            self._check = self._check.family.another(self._check.variant)
            self.question = self._question()
            self.output = {}
            idle.add(self._check.prepare)
        return self._restored()

    def _do_rate(self, _answer: str, message: Mapping[str, Any]) -> dict[str, Any]:
        """Keep which points the learner found in their own text."""
        points = message.get("points")
        wanted = [each for each in points if type(each) is int] if isinstance(points, list) else []
        result = {"points": sorted(set(wanted))[:MAX_POINTS]}
        self._journal.record("rated", self._check.id, result, self._check.version())
        return {**self.state, **self._progress_state()}

    def _do_refresh(self, _answer: str, _message: object) -> dict[str, Any]:
        """What was saved in another tab; where no answer was, the words on the page stay."""
        now = self._restored()
        if now["attempts"] == self.state["attempts"]:
            return {**self.state, **self._progress_state()}
        self.output = {}
        return now

    def _run_work(self, name: str, source: str) -> Run:
        # What an earlier version of the code defined must not be judged in place of this one.
        self._namespace.pop(name, None)
        return run_source(source, self._namespace)

    def _work(self, name: str, source: str, run: Run | None) -> Work:
        """What the learner made: the editor's code, or the name in their notebook."""
        value = self._namespace.get(name, MISSING)
        if run:
            return Work(value, source, run.error)
        return Work(value, _source_in_history(self._namespace, name) or source_of(value))

    def _restored(self) -> dict[str, Any]:
        """The state as it was left, from the journal; runs no learner's code."""
        fresh: dict[str, Any] = {
            "outcome": "fresh", "feedback": "", "answer": "", "passed": False, "attempts": 0,
            "tried": [], "hints": [], "hints_left": len(self._check.hints), "solution": "",
            "may_reveal": False, "problem": "", "turn": 0, "confidence": "",
            "afterwards": {}, "rated": [], "restored": False, "partial": False,
        }  # fmt: skip
        state = {**fresh, **self._progress_state()}
        if state["problem"] or not state["attempts"]:
            return state
        last = self._tried(self._journal.progress().item(self._check.id))[-1]
        return {
            **state,
            "outcome": last["outcome"],
            "partial": bool(last.get("score")),
            "feedback": to_html(str(last.get("feedback", ""))),
            "answer": _text(last.get("answer")),
            "confidence": _text(last.get("confidence")),
            "restored": True,
        }

    def _progress_state(self) -> dict[str, Any]:
        """What follows from the journal: hints taken, earlier answers, the solution if earned."""
        try:
            progress = self._journal.progress().item(self._check.id)
        except KitError as error:
            return {"problem": to_html(str(error))}
        check = self._check
        tried = self._tried(progress)
        passed = any(result["outcome"] == "passed" for result in tried)
        hints = check.hints[: progress.hints]
        seen = passed or check.variant in progress.revealed
        after = check.solution_after
        return {
            "passed": passed,
            "attempts": len(tried),
            "tried": [] if isinstance(check, CodeCheck) else self._wrong_answers(tried),
            "hints": [to_html(hint) for hint in hints],
            "hints_left": len(check.hints) - len(hints),
            "solution": to_html(check.solution()) if seen and after != NEVER else "",
            "may_reveal": not seen and isinstance(after, int) and len(tried) >= after,
            "afterwards": _with_html(check, check.afterwards()) if passed else {},
            "rated": list(progress.rated),
            "problem": "",
        }

    def _tried(self, progress: ItemProgress) -> list[Mapping[str, Any]]:
        """Results of the answers to this variant of the check, the oldest first."""
        variant = self._check.variant
        return [result for result in progress.tried if variant_of(result) == variant]

    def _wrong_answers(self, tried: list[Mapping[str, Any]]) -> list[dict[str, str]]:
        """Earlier wrong answers, each once, the oldest first: as given, and on one line."""
        wrong = [_text(r.get("answer")) for r in tried if r["outcome"] == "failed"]
        by_words = {self._readable(answer): answer for answer in wrong}  # each once, as it reads
        return [{"answer": answer, "shown": words} for words, answer in by_words.items() if words]

    def _readable(self, answer: str) -> str:
        try:
            return self._check.readable(answer)
        except Exception:  # of an earlier edition of the check, or of a file that was imported
            return ""

    def _repr_mimebundle_(self, **kwargs: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """The live widget, and the question as text for where no kernel runs."""
        data, metadata = super()._repr_mimebundle_(**kwargs)
        text = self._check.text()
        return {**data, "text/plain": text, "text/markdown": text}, metadata


_Step = Callable[[CheckWidget, str, Mapping[str, Any]], dict[str, Any]]
_STEPS: dict[str, _Step] = {
    "check": CheckWidget._do_check,
    "run": CheckWidget._do_run,
    "hint": CheckWidget._do_hint,
    "reveal": CheckWidget._do_reveal,
    "another": CheckWidget._do_another,
    "rate": CheckWidget._do_rate,
    "refresh": CheckWidget._do_refresh,
}


def _latest(check: Check, journal: Journal) -> Check:
    """The variant that was answered last, of a check that has variants."""
    if not check.family:
        return check
    with contextlib.suppress(KitError):  # the widget meets it again, and says it
        for result in reversed(journal.progress().item(check.id).tried):
            return check.family.variant(variant_of(result))
    return check


def _with_html(check: Check, form: dict[str, Any]) -> dict[str, Any]:
    """A form with HTML beside each key that holds Markdown: ``options``, ``options_html``."""
    rendered = {
        f"{key}_html": [to_html(each) for each in form[key]]
        if isinstance(form[key], list)
        else to_html(form[key])
        for key in check.markdown_in_form
        if key in form
    }
    return {**form, **rendered}


def _source_in_history(namespace: Mapping[str, Any], name: str) -> str:
    """The latest cell that defines a name, from IPython's input history."""
    for source in reversed(list(namespace.get("In", []))):
        if name in source and makes(source, name):
            return str(source)
    return ""


def _text(value: object) -> str:
    """A text that can be kept and sent: without halves of characters."""
    return ("" if value is None else str(value)).encode("utf-8", "replace").decode()
