"""A demo world, made once for all tests that only look at it."""

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from app import db
from app.services import workspace
from app.services.demo import seed_if_empty
from tests.support import servers as session_servers
from tests.support.servers import Servers


@pytest.fixture(scope="module")
def world(servers: Servers, worker_number: int) -> Iterator[Session]:
    """A session on the database of a small demo world."""
    name = f"demo_{worker_number}"
    db.configure(session_servers.clone(servers, name))
    workspace.setup()
    seed_if_empty(lambda _label, _done: None, people=300, companies=25)
    with Session(db.engine()) as session:
        yield session
    db.dispose()
    session_servers.drop(servers, name)
