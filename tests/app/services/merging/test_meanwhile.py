"""Two contacts become one while a campaign is being written to both."""

import threading

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from app import db
from app.models import Campaign, Outbox
from app.services import merging, workspace
from app.services.campaigns import letters, running, spreading
from app.services.campaigns.letters import Recipient
from app.services.campaigns.plans import Plan
from app.services.contacts import Identifier, one
from tests.factories.campaigns import list_of, start

ADA, ADAS = "ada@example.com", "ada.private@example.com"


@pytest.mark.usefixtures("committed_database")
@pytest.mark.parametrize("addresses", [(ADA, ADAS), (ADAS, ADA)])
def test_mail_that_is_being_written_waits_for_the_kept_contact(
    monkeypatch: pytest.MonkeyPatch, addresses: tuple[str, str]
):
    """The campaign has found the other, and not written to it yet, when somebody merges it: there is one mail."""
    workspace.setup()
    monkeypatch.setattr(running, "_demand_server", lambda: None)
    start(lists=(list_of(ADA, ADAS),))
    kept, other = (one(Identifier("email", each)) for each in addresses)
    merger = threading.Thread(target=merging.merge, args=(kept, other, {}))
    write = letters.write

    def write_while_merging(session: Session, campaign: Campaign, plan: Plan, recipients: list[Recipient]) -> None:
        if other in {each.contact for each in recipients}:
            merger.start()
            merger.join(0.5)
        write(session, campaign, plan, recipients)

    monkeypatch.setattr(letters, "write", write_while_merging)
    while spreading._step():
        pass
    merger.join()

    with db.transaction() as session:
        assert session.scalars(select(Outbox.contact_id)).all() == [kept]
