"""Ten thousand hits of mail, each by a person or by a machine of some kind, made by chance from a seed."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Final, NamedTuple

from app.models import HitKind
from app.services.mailing.machines import TRAP, Before, Hit, judge

PERSON: Final = "person"
LINKS: Final = ("a", "b", "c", "d")
BROWSERS: Final = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0 Thunderbird/132.0",
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
)
SCANNERS: Final = ("Barracuda Sentinel (EE)", "BingPreview/1.0b", "python-requests/2.32", "", "Proofpoint URL Defense")


class Labelled(NamedTuple):
    """A hit, seconds after the mail left; `trap` if it took the link that no person sees."""

    kind: HitKind
    agent: str
    seconds: float
    link: str | None = None
    head_only: bool = False
    trap: bool = False


class Verdict(NamedTuple):
    """Who it was, and what it was taken for (None: a person)."""

    who: str
    taken_for: str | None


def reader(chance: Random) -> Iterator[Labelled]:
    """Opens hours later, and again; one in four follows links, one in fifty of these two in a moment."""
    agent, at = chance.choice(BROWSERS), chance.lognormvariate(7, 2) + 4
    yield Labelled(HitKind.OPENED, agent, at)
    if chance.random() < 0.3:
        yield Labelled(HitKind.OPENED, agent, at + chance.uniform(120, 90_000))
    if chance.random() < 0.25:
        at += chance.uniform(2, 60)
        for link in chance.sample(LINKS, chance.choice([1, 1, 1, 2])):
            yield Labelled(HitKind.CLICKED, agent, at, link)
            at += chance.uniform(0.3, 1.9) if chance.random() < 0.02 else chance.uniform(3, 200)


def hasty_reader(chance: Random) -> Iterator[Labelled]:
    """Waits for the mail, a code or a receipt, and opens it as it comes."""
    at = chance.uniform(0.8, 12)
    yield Labelled(HitKind.OPENED, chance.choice(BROWSERS), at)


def privacy_proxy(chance: Random) -> Iterator[Labelled]:
    """Loads the pictures beforehand, whether or not anybody reads."""
    yield Labelled(HitKind.OPENED, "Mozilla/5.0", chance.uniform(1, 3_000))


def open_scanner(chance: Random) -> Iterator[Labelled]:
    """Says who it is, and follows everything."""
    at, agent = chance.uniform(0.2, 90), chance.choice(SCANNERS)
    for link in LINKS[: chance.randint(1, 4)]:
        yield Labelled(HitKind.CLICKED, agent, at, link, head_only=chance.random() < 0.3)
        at += chance.uniform(0.05, 1)


def hidden_scanner(chance: Random) -> Iterator[Labelled]:
    """Calls itself a browser, and follows several links at once; two in three take the trap, too."""
    at, agent = chance.uniform(0.2, 90), chance.choice(BROWSERS[:3])
    steps = [*LINKS[: chance.randint(2, 4)], *([TRAP] if chance.random() < 0.67 else [])]
    chance.shuffle(steps)
    for step in steps:
        yield Labelled(HitKind.CLICKED, agent, at, None if step == TRAP else step, trap=step == TRAP)
        at += chance.uniform(0.02, 0.8)


def asker(chance: Random) -> Iterator[Labelled]:
    """Asks where a link leads, without going there."""
    yield Labelled(HitKind.CLICKED, chance.choice(BROWSERS), chance.uniform(3, 600), "a", head_only=True)


MAKERS: Final[tuple[tuple[int, str, Callable[[Random], Iterator[Labelled]]], ...]] = (
    (50, PERSON, reader),
    (3, PERSON, hasty_reader),
    (22, "privacy proxy", privacy_proxy),
    (8, "scanner by name", open_scanner),
    (6, "hidden scanner", hidden_scanner),
    (3, "asker", asker),
)


def verdicts(count: int, seed: int) -> list[Verdict]:
    """Judge so many hits, message by message, as they would come in."""
    chance, found = Random(seed), list[Verdict]()
    while len(found) < count:
        ((_, who, make),) = chance.choices(MAKERS, [weight for weight, _, _ in MAKERS])
        before: list[tuple[float, Before]] = []
        for each in sorted(make(chance), key=lambda each: each.seconds):
            past = tuple(earlier._replace(seconds=each.seconds - at) for at, earlier in before)
            hit = Hit(each.kind, each.agent, each.head_only, each.seconds, each.link, past)
            taken_for = TRAP if each.trap else judge(hit)
            found.append(Verdict(who, taken_for))
            before.append((each.seconds, Before(each.kind, each.link, 0, taken_for)))
    return found[:count]
