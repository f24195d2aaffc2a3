import pytest

from nodes.catalog import Catalog
from nodes.texts import SEMICOLON, Text, join
from workflows.settings import Settings
from workflows.settings_words import say_settings

BUSY = {"all": [{"attribute": "SCORE", "op": "gte", "value": 20}]}
CAMPAIGN = {"all": [{"event": "message_kind", "op": "eq", "value": "campaign"}]}
NIGHT = {"from": "21:00", "to": "09:00"}
WORK = {"days": [1, 2], "from": "09:00", "to": "18:00"}
CATALOG = Catalog(event_titles={"email_opened": Text("Email opened", "E-mail ouvert", "Письмо открыто")})


@pytest.mark.parametrize(
    ("settings", "phrases"),
    [
        (Settings(), {}),
        (Settings(re_entry=True, run_key="order", entry_limit=5, priority="high"), {}),
        (Settings(exit_conditions=(BUSY, {"no": 1})), {"exit_conditions": "SCORE is at least 20; not right yet"}),
        (
            Settings(exit_events=({"event": "email_opened", "filter": CAMPAIGN}, {"event": "bought"}, {"event": " "})),
            {"exit_events": "Email opened (kind of message is campaign); bought; not right yet"},
        ),
        (
            Settings(entry_hours=WORK | {"outside": "refuse"}),
            {"entry_hours": "Mon, Tue, 09:00–18:00; others are not let in"},
        ),
        (Settings(quiet_hours=NIGHT | {"then": "wait"}), {"quiet_hours": "every day, 21:00–09:00; steps wait"}),
        (Settings(quiet_hours=NIGHT | {"then": "send"}), {"quiet_hours": "none at all"}),
    ],
)
def test_conditions_events_and_hours_are_said(settings: Settings, phrases: dict[str, str]):
    """What is not set, and what its value says well enough, has no phrase."""
    assert {name: said.say("en") for name, said in say_settings(settings, CATALOG).items()} == phrases


def test_each_language_has_its_own_words():
    """Days, fates and the marks between them too."""
    (said,) = say_settings(Settings(entry_hours=WORK | {"outside": "wait"}), CATALOG).values()
    hours = Text("Mon, Tue, 09:00–18:00", "lun., mar., 09:00–18:00", "пн, вт, 09:00–18:00")
    assert said == join(SEMICOLON, [hours, Text("others wait", "les autres attendent", "остальные ждут")])
