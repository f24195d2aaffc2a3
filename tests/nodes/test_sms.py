"""How texts are cut into parts; the same examples hold for the editor (`frontend/src/nodes/controls/sms.test.ts`)."""

import json
from pathlib import Path

import pytest

from nodes.sms import LONGEST, LONGEST_MARK, as_sent, length

EXAMPLES = json.loads((Path(__file__).parent / "sms_lengths.json").read_text())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["what"])
def test_a_text_takes_so_many_parts(example: dict[str, object]):
    """By the tables of 3GPP TS 23.038: 160 or 153 letters of the small alphabet, 70 or 67 of any other."""
    text = str(example["letter"]) * int(str(example["times"])) + str(example.get("then", ""))
    assert length(text) == (example["encoding"], example["units"], example["parts"])


DOMAINS = ["shop.example.com", "local.example.org:8080"]
MARKED = json.loads((Path(__file__).parent / "sms_marked.json").read_text())


@pytest.mark.parametrize("example", MARKED, ids=lambda example: example["what"])
def test_addresses_of_watched_websites_count_as_they_leave(example: dict[str, object]):
    """They say who comes; those of others leave as they were written."""
    text = str(example["text"])
    assert len(as_sent(text, DOMAINS)) - len(text) == LONGEST_MARK * int(str(example["marks"]))


def test_what_would_be_cut_is_not_marked():
    """As when it leaves."""
    address = "https://shop.example.com"
    full = address + " " + "x" * (LONGEST - LONGEST_MARK - len(address))
    assert as_sent(full, DOMAINS) == full
    assert len(as_sent(full[:-1], DOMAINS)) == LONGEST
