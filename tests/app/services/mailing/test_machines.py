"""People and machines, told apart by what they do."""

import pytest

from app.models import HitKind
from app.services.mailing.machines import TRAP, Before, Hit, judge

PEOPLE = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0 Safari/537.36",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148",
    "Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0 Thunderbird/132.0",
    "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)",
)
SCANNERS = ("Barracuda Sentinel (EE)", "BingPreview/1.0b", "curl/8.5.0", "python-requests/2.32", "Googlebot/2.1", "")
LATER = 600.0


def click(agent: str = PEOPLE[0], seconds: float = LATER, link: str = "a", before: tuple[Before, ...] = ()) -> Hit:
    return Hit(HitKind.CLICKED, agent, head_only=False, seconds=seconds, link=link, before=before)


@pytest.mark.parametrize("agent", PEOPLE)
@pytest.mark.parametrize("kind", [HitKind.OPENED, HitKind.CLICKED])
def test_people_are_taken_for_people(agent: str, kind: HitKind):
    """A browser or a mail program, some time after the mail left."""
    assert judge(Hit(kind, agent, head_only=False, seconds=LATER)) is None


@pytest.mark.parametrize("agent", SCANNERS)
def test_scanners_say_who_they_are(agent: str):
    """By the name they give, or by giving none."""
    assert judge(click(agent)) == "scanner"


def test_machines_by_what_they_do():
    """Asking for the head only, coming at once, following several links in a moment, walking into the trap."""
    assert judge(Hit(HitKind.CLICKED, PEOPLE[0], head_only=True, seconds=LATER)) == "scanner"
    assert judge(click(seconds=0.5)) == "haste"
    assert judge(click(before=(Before("clicked", "b", 0.4, None),))) == "burst"
    assert judge(click(before=(Before("clicked", None, 3.0, TRAP),))) == TRAP
    assert judge(Hit(HitKind.OPENED, "Mozilla/5.0", head_only=False, seconds=LATER)) == "privacy_proxy"


def test_a_person_may_click_again():
    """The same link twice, or another one after a while."""
    assert judge(click(before=(Before("clicked", "a", 0.4, None),))) is None
    assert judge(click(before=(Before("clicked", "b", 9.0, None),))) is None


def test_to_unsubscribe_is_an_act():
    """Whoever carries it out: mail programs do so for their people."""
    assert judge(Hit(HitKind.UNSUBSCRIBED, "", head_only=False, seconds=0)) is None
