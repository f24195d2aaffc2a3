import os
import signal
import subprocess
import sys
import time

import pytest
from sqlalchemy import text

from app import db
from app.services import imports
from app.services.imports import ImportOptions

ROWS = 30_000
WORK = """
import sys
from app import db
from app.services import imports
db.configure(sys.argv[1])
while imports.run(int(sys.argv[2])):
    pass
"""


def processed(process_id):
    return imports.get(process_id).processed


@pytest.mark.chaos
def test_a_killed_worker_loses_and_doubles_nothing(committed_database):
    """After kill -9 in the middle, another run goes on: each row is taken exactly once."""
    content = "email\n" + "".join(f"c{number}@x.io\n" for number in range(ROWS))
    process_id = imports.upload(content.encode(), "x.csv").id
    imports.start(process_id, ImportOptions(mapping={0: "email"}))
    worker = subprocess.Popen([sys.executable, "-c", WORK, committed_database, str(process_id)])
    while processed(process_id) < 3000:
        time.sleep(0.02)
    os.kill(worker.pid, signal.SIGKILL)
    worker.wait()
    assert 0 < processed(process_id) < ROWS
    while imports.run(process_id):
        pass
    done = imports.get(process_id)
    assert (done.state, done.created, done.unchanged, done.failed) == ("finished", ROWS, 0, 0)
    with db.transaction() as session:
        assert session.scalar(text("SELECT count(*) FROM contact")) == ROWS
