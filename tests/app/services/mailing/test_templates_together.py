"""Two people who write one template: nothing is written over that was not seen."""

import pytest
from sqlalchemy.orm import Session

from app.errors import Conflict
from app.services.mailing import templates
from app.services.mailing.templates import Written
from tests.app.conftest import Caller
from tests.factories.mailing import template

MAIL = Written("Second", "", "html", "<p>Hello</p>")


def test_a_template_is_written_at_the_revision_that_was_seen(database: Session):
    """The second writer is refused, and nothing is changed; who says none writes over whatever there is."""
    number = template("Shared")
    seen = templates.get(number).revision
    templates.change(number, "Shared", MAIL, seen)
    with pytest.raises(Conflict) as refused:
        templates.change(number, "Shared", MAIL._replace(subject="Third"), seen)
    assert [(each.field, each.code) for each in refused.value.problems] == [("revision", "outdated")]
    assert (templates.get(number).subject, templates.get(number).revision) == ("Second", seen + 1)
    templates.change(number, "Shared", MAIL._replace(subject="Third"))
    assert templates.get(number).subject == "Third"


def test_the_api_says_which_revision_it_is(admin: Caller):
    """Programs read it, and hand it back; without it the write goes through as before."""
    number = template("Shared")
    at = f"/api/mail-templates/{number}"
    new = {"name": "Shared", "subject": "Second", "format": "html", "source": "<p>Hello</p>"}
    revision = admin.get(at).get_json()["revision"]
    assert admin.put(at, json={**new, "revision": revision}).get_json()["revision"] == revision + 1
    refused = admin.put(at, json={**new, "revision": revision})
    assert refused.status_code == 409
    assert refused.get_json()["errors"][0]["code"] == "outdated"
    assert admin.put(at, json=new).status_code == 200
