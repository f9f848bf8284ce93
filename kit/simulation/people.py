"""Learners who do not exist: what they can, how far they go, and what each of them gets right."""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

_GIVEN = (
    "Ada", "Amal", "Anna", "Aroha", "Ben", "Bilal", "Chidi", "Chen", "Clara", "Dana", "Diego",
    "Elif", "Emma", "Farid", "Fatou", "Finn", "Gita", "Hana", "Hugo", "Ines", "Ivan", "Jana",
    "Jonas", "Kaito", "Karim", "Lea", "Linh", "Luca", "Maja", "Mateo", "Mia", "Nadia", "Niko",
    "Noor", "Olga", "Omar", "Paula", "Pedro", "Priya", "Quinn", "Rosa", "Ravi", "Sami", "Sofia",
    "Tariq", "Tessa", "Uma", "Viktor", "Wanjiru", "Wei", "Xenia", "Yara", "Yusuf", "Zoe",
)  # fmt: skip
_FAMILY = (
    "Abara", "Almeida", "Becker", "Bianchi", "Castro", "Cohen", "Dahl", "Diallo", "Eriksen",
    "Fischer", "Fofana", "Garcia", "Gruber", "Haddad", "Horvat", "Ito", "Ivanova", "Jansen",
    "Juarez", "Kaya", "Kim", "Kowalski", "Lang", "Lopez", "Mbeki", "Meyer", "Moreau",
    "Nakamura", "Nguyen", "Novak", "Okafor", "Olsen", "Patel", "Petrov", "Quispe", "Rahman",
    "Rossi", "Santos", "Schmid", "Singh", "Sousa", "Tanaka", "Toure", "Ueda", "Varga", "Wagner",
    "Wang", "Xu", "Yilmaz", "Zimmermann",
)  # fmt: skip


@dataclass(frozen=True)
class Person:
    """A simulated learner.

    Attributes:
        ability: in logits, as in Rasch's model: 0 is average, 1 is much better.
        diligence: 0 to 1: how much of the course is worked through.
        copies_from: the number of the learner whose work is handed in, or None.
    """

    number: int
    id: str
    given: str
    family: str
    ability: float
    diligence: float
    copies_from: int | None = None

    def chance(self, difficulty: float, slope: float = 1.0) -> float:
        """Of getting something right, by the logistic model (Rasch 1960; with a slope, Birnbaum
        1968).
        """
        return 1 / (1 + math.exp(-slope * (self.ability - difficulty)))


COPIERS = 0.04
"""The share of learners who hand in what another one wrote."""


def people(count: int, random: Random) -> list[Person]:
    """So many learners; some of them copy from one who does not."""
    digits = max(3, len(str(count)))
    found = [
        Person(
            number=number,
            id=f"sim-{number:0{digits}}",
            given=random.choice(_GIVEN),
            family=random.choice(_FAMILY),
            ability=random.gauss(0.4, 1.0),
            diligence=min(1.0, max(0.05, random.betavariate(4, 1.4))),
        )
        for number in range(1, count + 1)
    ]
    copiers = set(random.sample(range(count), round(COPIERS * count))) if count > 1 else set()
    honest = [each for index, each in enumerate(found) if index not in copiers]
    return [
        _copying(each, random.choice(honest)) if index in copiers else each
        for index, each in enumerate(found)
    ]


def _copying(person: Person, other: Person) -> Person:
    return Person(
        person.number, person.id, person.given, person.family,
        ability=other.ability, diligence=max(person.diligence, other.diligence),
        copies_from=other.number,
    )  # fmt: skip
