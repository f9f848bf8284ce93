"""Which seconds were played is accounted for exactly: ``widgets/player/spans.js`` in a browser."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from kit.events import Event
from kit.played import Segment, union
from kit.progress import fold
from tests.conftest import ROOT

pytestmark = pytest.mark.browser
SCRIPT = (ROOT / "kit" / "widgets" / "player" / "spans.js").read_text(encoding="utf-8")
FILM_SECONDS = 200.0

# Runs the machine through the steps, with a server that keeps the spans by name. Each beat says
# what becomes of it: "saved", "refused", "lost" on the way there, or its "answer" lost on the way
# back.
RUN = """
(steps) => {
  let names = 0;
  const id = () => `id-${Math.random()}-${names++}`;
  const store = new Map();
  const closed = new Set();
  let spans = newSpans({ id, session: "s" });
  const send = (list, fate) => {
    if (fate === "lost") return;
    for (const span of list) {
      if (fate === "refused") {
        spans.dropped(span.id);
        continue;
      }
      const late = closed.has(span.id);
      if (!late) {
        store.delete(span.id); // what is told last is the latest
        store.set(span.id, span);
      }
      if (fate === "saved") late ? spans.closed(span.id) : spans.saved(span.id);
    }
  };
  let now = 0;
  for (const [what, ...values] of steps) {
    if (what === "on") { now = values[1]; spans.on(...values); }
    if (what === "beat") send(spans.due(now), values[0]);
    if (what === "settle") for (const name of store.keys()) closed.add(name);
    if (what === "reload") {
      const kept = JSON.parse(JSON.stringify(spans.unsent()));
      spans = newSpans({ id, session: "t" });
      spans.restore(kept);
    }
  }
  for (let more = 0; more < 5 && spans.unsent().length; more += 1) {
    now += 1000;
    send(spans.due(now), "saved");
  }
  return { stored: [...store.values()], left: spans.unsent().length };
}
"""


@pytest.fixture(scope="module")
def machine(browser: Browser) -> Iterator[Page]:
    """A page that holds the machine."""
    page = browser.new_page()
    page.add_script_tag(content=SCRIPT)
    yield page
    page.close()


@dataclass
class Film:
    """A model of a ``<video>``: what it plays, and what it says of itself.

    Attributes:
        steps: what the machine is told.
        flags: one for each millisecond of the film: whether it was played.
    """

    rate: float = 1.0
    playing: bool = False
    time: float = 0.0
    now: float = 0.0
    played: list[Segment] = field(default_factory=list)
    steps: list[Any] = field(default_factory=list)
    flags: bytearray = field(default_factory=lambda: bytearray(int(FILM_SECONDS * 1000) + 1))

    def tell(self, kind: str) -> None:
        ranges = [list(each) for each in self.played]
        state = {"time": self.time, "rate": self.rate, "duration": FILM_SECONDS, "played": ranges}
        self.steps.append(["on", kind, self.now, state])

    def play(self) -> None:
        if not self.playing and self.time < FILM_SECONDS:
            self.playing = True
            self.tell("playing")

    def pause(self) -> None:
        if self.playing:
            self.playing = False
            self.tell("pause")

    def seek(self, to: float) -> None:
        self.time = to
        self.tell("seek")
        if self.playing:
            self.tell("playing")

    def speed(self, rate: float) -> None:
        self.rate = rate
        self.tell("rate")

    def wait(self, ms: float, *, ticks: bool = True) -> None:
        """Time passes; the film goes on if it is playing."""
        while ms > 0:
            step = min(ms, 250.0)
            ms -= step
            self.now += step
            if self.playing:
                self._advance(step / 1000 * self.rate)
                if ticks and self.playing:
                    self.tell("tick")

    def stall(self, ms: float) -> None:
        """It waits for data."""
        self.now += ms
        if self.playing:
            self.tell("playing")

    def _advance(self, seconds: float) -> None:
        end = min(FILM_SECONDS, self.time + seconds)
        self.played = list(union([*self.played, (self.time, end)]))
        start, stop = (math.floor(at * 1000 + 0.5) for at in (self.time, end))  # as JavaScript
        self.flags[start:stop] = b"\1" * (stop - start)
        self.time = end
        if end >= FILM_SECONDS:
            self.playing = False
            self.tell("ended")

    def reload(self) -> None:
        """The page is opened anew; the film goes on where it was."""
        self.pause()
        self.steps.append(["reload"])
        self.played = []


times = st.floats(0, FILM_SECONDS - 0.001)
waits = st.floats(1, 9000)
actions = st.one_of(
    st.tuples(st.just("play")),
    st.tuples(st.just("play")),
    st.tuples(st.just("pause")),
    st.tuples(st.just("seek"), times),
    st.tuples(st.just("speed"), st.sampled_from([0.5, 0.75, 1.0, 1.25, 1.5, 2.0])),
    st.tuples(st.just("wait"), waits),
    st.tuples(st.just("wait"), waits),
    st.tuples(st.just("late"), waits),
    st.tuples(st.just("long")),
    st.tuples(st.just("stall"), waits),
    st.tuples(st.just("beat"), st.sampled_from(["saved", "saved", "lost", "answer"])),
    st.tuples(st.just("settle")),
    st.tuples(st.just("reload")),
)


def filmed(chosen: list[tuple[Any, ...]]) -> Film:
    """A film with which all this was done."""
    film = Film()
    for name, *values in chosen:
        if name in {"beat", "settle"}:
            film.steps.append([name, *values])
        elif name == "late":
            film.wait(*values, ticks=False)
        elif name == "long":
            film.wait(70_000)
        else:
            getattr(film, name)(*values)
        if name == "wait":
            film.steps.append(["beat", "saved"])
    film.pause()
    return film


def events_of(spans: list[dict[str, Any]], device: str) -> list[Event]:
    return [
        Event(
            learner="ada", course="c", lesson="l", item="v", verb="watched", device=device,
            seq=number, result=span,
        )
        for number, span in enumerate(spans, start=1)
    ]  # fmt: skip


def as_ranges(flags: bytes) -> tuple[Segment, ...]:
    """The stretches of set flags, in seconds."""
    ranges, at = [], flags.find(1)
    while at >= 0:
        end = flags.find(0, at)
        ranges.append((at / 1000, end / 1000))
        at = flags.find(1, end)
    return tuple(ranges)


@settings(
    max_examples=500,  # of two films each
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(
    here=st.lists(actions, min_size=3, max_size=30),
    there=st.lists(actions, min_size=3, max_size=30),
    order=st.randoms(use_true_random=False),
)
@example(  # a stretch that goes on under another name after a later one was kept
    here=[("play",), ("wait", 1000.0), ("settle",), ("late", 400.0), ("pause",), ("play",)],
    there=[("wait", 1.0)],
    order=Random(0),
)
@example(  # a place that was kept, then begun from earlier, under a name that is closed
    here=[("seek", 1.0), ("wait", 1.0), ("seek", 0.0), ("play",), ("settle",), ("wait", 1.0)],
    there=[],
    order=Random(0),
)
def test_what_was_played_is_counted_exactly(
    machine: Page, here: list[Any], there: list[Any], order: Any
) -> None:
    """Play, seek, speed, stalls, late ticks, lost beats and reloads, on two devices, merged in any
    order: the seconds are those that were played, to the millisecond, and what is told last says
    where the film is.
    """
    events = []
    flags = 0
    for device, film in (("a", filmed(here)), ("b", filmed(there))):
        result = machine.evaluate(RUN, film.steps)
        assert result["left"] == 0, "everything is saved in the end"
        if positions := [step[3]["time"] for step in film.steps if step[0] == "on"]:
            assert result["stored"][-1]["position"] == pytest.approx(positions[-1], abs=1e-6)
        events += events_of(result["stored"], device)
        flags |= int.from_bytes(film.flags)
    order.shuffle(events)
    progress = fold(events)["l"].item("v") if events else None
    assert (progress.segments if progress else ()) == as_ranges(
        flags.to_bytes(int(FILM_SECONDS * 1000) + 1)
    )


def passes_at(spans: list[dict[str, Any]], second: int) -> int:
    """In how many runs a second is."""
    return sum(
        start <= second and second + 1 <= end for span in spans for start, end in span["segments"]
    )


def test_watching_again_is_told_from_watching(machine: Page) -> None:
    """Ten seconds played three times are three passes, one after them a single one."""
    film = Film()
    film.play()
    film.wait(20_000)
    for _ in range(2):
        film.seek(5.0)
        film.wait(10_000)
    film.pause()
    spans = machine.evaluate(RUN, film.steps)["stored"]
    assert [passes_at(spans, second) for second in (2, 8, 12, 17)] == [1, 3, 3, 1]


def test_a_long_run_is_cut_at_a_whole_second(machine: Page) -> None:
    """A film watched through is a few runs of a minute, and no second is in two of them."""
    film = Film()
    film.play()
    film.wait(190_000)
    film.pause()
    spans = machine.evaluate(RUN, film.steps)["stored"]
    assert len(spans) == 4
    assert {passes_at(spans, second) for second in range(189)} == {1}


def test_a_seek_moves_the_position_and_counts_nothing(machine: Page) -> None:
    """A film that was only looked through has a position and no seconds."""
    film = Film()
    film.seek(91.5)
    (span,) = machine.evaluate(RUN, film.steps)["stored"]
    assert (span["segments"], span["position"]) == ([], 91.5)


def test_what_is_refused_is_not_told_again_and_what_is_played_next_is(machine: Page) -> None:
    film = Film()
    for _ in range(2):
        film.play()
        film.wait(3000)
        film.pause()
        film.seek(50.0)
        film.steps.append(["beat", "refused"])
    film.play()
    film.wait(3000)
    film.pause()
    result = machine.evaluate(RUN, film.steps)
    assert [span["segments"] for span in result["stored"]] == [[[50.0, 53.0]]]
    assert result["left"] == 0


def test_while_it_plays_at_most_a_second_of_film_is_not_saved(machine: Page) -> None:
    """At any speed: a beat is due with every half second, and a tick at double speed is another."""
    film = Film()
    film.play()
    for rate in (1.0, 2.0, 0.5):
        film.speed(rate)
        film.wait(5000)
    steps = [step for each in film.steps for step in (each, ["beat", "saved"])]
    script = (
        f"(steps) => {{ let most = 0; const spans = newSpans({{ id: () => '1', session: '' }});\
        let saved = 0;\
        for (const [what, ...on] of steps) {{\
          if (what === 'on') {{ spans.on(...on); most = Math.max(most, on[2].time - saved); }}\
          else for (const span of spans.due({film.now})) {{\
            saved = span.position; spans.saved(span.id);\
          }}\
        }} return most; }}"
    )
    assert machine.evaluate(script, steps) <= 1.0
