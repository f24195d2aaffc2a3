import random
from concurrent.futures import ThreadPoolExecutor

import pytest
from flask import Flask
from sqlalchemy import func, select

from app import db
from app.models import Contact, Event, Visitor, VisitorEvent
from app.services import workspace
from app.services.web import receiving, sites

VISITORS, VIEWS, KNOWN = 12, 5, 4
ORIGIN = "https://shop.example.com"


def test_views_at_once_are_each_kept_once(app: Flask, committed_database: str, monkeypatch: pytest.MonkeyPatch):
    """Pages that send at the same time, some twice, some of a contact: every view counts once, for its visitor."""
    monkeypatch.setattr(receiving, "ring", lambda _parts: None)
    monkeypatch.setattr(receiving, "PACE", "10000 per minute")
    workspace.setup()
    settings = {"needs_consent": False, "heeds_do_not_track": True, "push_after": None}
    key = sites.get(sites.create({"name": "Shop", "domains": ["shop.example.com"], **settings})).key

    def send(visitor: int, view: int, **more: object) -> None:
        event = {"id": f"view-{view:04}", "name": "page_visited", "properties": {"path": f"/{view}"}}
        body = {"site": key, "visitor": f"visitor-number-{visitor:04}", "events": [event], **more}
        receiving.receive(body, ORIGIN, "203.0.113.5")

    for visitor in range(KNOWN):
        send(visitor, 0, identify={"email": f"c{visitor}@x.io"})
    views = [(visitor, view) for visitor in range(VISITORS) for view in range(VIEWS)] * 2
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda each: send(*each), random.Random(1).sample(views, len(views))))
    with db.transaction() as session:
        count = {each: session.scalar(select(func.count()).select_from(each)) for each in (Contact, Visitor, Event)}
        kept = session.execute(select(VisitorEvent.visitor_id, func.count()).group_by(VisitorEvent.visitor_id)).all()
    assert count == {Contact: KNOWN, Visitor: VISITORS, Event: KNOWN * (VIEWS + 1)}
    assert [each for _, each in kept] == [VIEWS + 1] * (VISITORS - KNOWN)
