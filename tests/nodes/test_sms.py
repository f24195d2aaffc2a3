"""How texts are cut into parts; the same examples hold for the editor (`frontend/src/nodes/controls/sms.test.ts`)."""

import json
from pathlib import Path

import pytest

from nodes.sms import length

EXAMPLES = json.loads((Path(__file__).parent / "sms_lengths.json").read_text())


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example["what"])
def test_a_text_takes_so_many_parts(example: dict[str, object]):
    """By the tables of 3GPP TS 23.038: 160 or 153 letters of the small alphabet, 70 or 67 of any other."""
    text = str(example["letter"]) * int(str(example["times"])) + str(example.get("then", ""))
    assert length(text) == (example["encoding"], example["units"], example["parts"])
