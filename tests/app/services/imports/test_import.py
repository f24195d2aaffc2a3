import pytest
from sqlalchemy import text

from app import permissions
from app.adapters.locks import alone
from app.errors import Conflict, Invalid, NotFound
from app.jobs.imports import run_import
from app.models import Process
from app.services import attributes, contacts, imports
from app.services.contacts.finding import ContactQuery, count
from app.services.imports import ImportOptions, running
from nodes.catalog import Kind
from tests.factories.contacts import make_contact, make_list

PEOPLE = "email;first name;score\nada@x.io;Ada;20\nbob@x.io;Bob;\n"
MAPPING = {0: "email", 1: "attribute:FIRSTNAME", 2: "attribute:SCORE"}


@pytest.fixture
def score(database):
    return attributes.create("SCORE", Kind.NUMBER)


def started(text, mapping, **options):
    """Upload and start a file; returns the import's id."""
    content = text if isinstance(text, bytes) else text.encode()
    process_id = imports.upload(content, "people.csv").id
    imports.start(process_id, ImportOptions(mapping=mapping, **options))
    return process_id


def run(text, mapping, **options):
    """Upload, start and work through a file; returns how it ended."""
    process_id = started(text, mapping, **options)
    while imports.run(process_id):
        pass
    return imports.get(process_id)


def stored(email):
    return contacts.get(contacts.one(contacts.Identifier("email", email)))


def test_a_preview_shows_what_was_understood(score):
    """Columns with samples and guesses, the number of rows, encoding and separator; nothing is imported."""
    preview = imports.upload(PEOPLE.encode(), "people.csv")
    assert [(each.header, each.guess) for each in preview.columns] == [
        ("email", {"field": "email"}),
        ("first name", {"attribute": "FIRSTNAME"}),
        ("score", {"attribute": "SCORE"}),
    ]
    assert (preview.rows_total_estimate, preview.delimiter, preview.state) == (2, ";", "preview")
    assert (preview.columns[2].samples, count(ContactQuery())) == (["20"], 0)


def test_a_file_becomes_contacts(score):
    """Each row makes a contact with the values of its columns, on the list asked for."""
    joined = make_list()
    done = run(PEOPLE, MAPPING, list_ids=[joined])
    assert (done.state, done.processed, done.total, done.created, done.failed) == ("finished", 2, 2, 2, 0)
    ada = stored("ada@x.io")
    assert (ada.attributes["FIRSTNAME"], ada.attributes["SCORE"], ada.list_ids) == ("Ada", 20, [joined])


def test_a_bad_row_is_refused_whole_and_named(score):
    """Nothing of a row with a fault is taken; each fault names row, column, value and remedy."""
    rows = "email;score\nada@x.io;many\nno address;5\nbob@x.io;7\n;8\ncyd@x.io;9;slipped\n"
    done = run(rows, {0: "email", 1: "attribute:SCORE"})
    assert (done.created, done.failed, done.processed, count(ContactQuery())) == (1, 4, 5, 1)
    assert [(each.row, each.column, each.value) for each in done.errors_sample] == [
        (2, "score", "many"),
        (3, "email", "no address"),
        (5, "email", ""),
        (6, "", ""),
    ]
    assert "Write it like" in done.errors_sample[0].message


@pytest.mark.parametrize(("update", "score_after", "counted"), [(True, 20, "updated"), (False, 3, "unchanged")])
def test_known_contacts_are_updated_if_wished(score, update, score_after, counted):
    """Otherwise they keep their values, and only join the list."""
    joined = make_list()
    make_contact(email="ada@x.io", SCORE=3)
    done = run(
        "email;score\nADA@x.io;20\n", {0: "email", 1: "attribute:SCORE"}, update_existing=update, list_ids=[joined]
    )
    assert (getattr(done, counted), done.created) == (1, 0)
    assert (stored("ada@x.io").attributes["SCORE"], stored("ada@x.io").list_ids) == (score_after, [joined])


@pytest.mark.parametrize(("overwrites", "after"), [(True, None), (False, 3)])
def test_empty_cells_empty_only_if_wished(score, overwrites, after):
    """By default an empty cell says nothing."""
    make_contact(email="ada@x.io", SCORE=3)
    run("email;score;x\nada@x.io;;1\n", {0: "email", 1: "attribute:SCORE"}, empty_overwrites=overwrites)
    assert stored("ada@x.io").attributes["SCORE"] == after


def test_columns_become_new_attributes(database):
    """Each kind is read as people write it; options come out of the file; dates with the month first are noticed."""
    header, ada = "email;City;Born;Vip;Tier;Likes", "a@x.io;Paris;12/31/1990;yes;gold;tea, cake"
    rows = f"{header}\n{ada}\nb@x.io;Oslo;01/02/1991;no;GOLD;cake\n"
    new = ["new:CITY:text", "new:BORN:date", "new:VIP:boolean", "new:TIER:category", "new:LIKES:multiple_choice"]
    done = run(rows, dict(enumerate(["email", *new])))
    assert (done.created, done.errors_sample) == (2, [])
    first, second = stored("a@x.io").attributes, stored("b@x.io").attributes
    assert [str(first[name]) for name in ("CITY", "BORN", "VIP", "TIER")] == ["Paris", "1990-12-31", "True", "gold"]
    assert (second["TIER"], first["LIKES"], str(second["BORN"])) == ("gold", ["tea", "cake"], "1991-01-02")


@pytest.mark.parametrize(
    ("mapping", "field"),
    [
        ({1: "attribute:FIRSTNAME"}, "mapping"),
        ({0: "email", 9: "phone"}, "mapping.9"),
        ({0: "email", 1: "email"}, "mapping.1"),
        ({0: "email", 1: "attribute:NOPE"}, "mapping.1"),
        ({0: "email", 1: "new:FIRSTNAME:text"}, "mapping.1"),
        ({0: "email", 1: "new:A B:text"}, "name"),
        ({0: "email", 1: "new:X:colour"}, "mapping.1"),
        ({0: "email", 1: "owner_id"}, "mapping.1"),
    ],
)
def test_a_matching_that_cannot_be_is_refused(database, mapping, field):
    """The refusal names the column, and the import can be started again with a better one."""
    process_id = imports.upload(PEOPLE.encode(), "x.csv").id
    with pytest.raises(Invalid) as refusal:
        imports.start(process_id, ImportOptions(mapping=mapping))
    assert refusal.value.problems[0].field == field
    assert imports.start(process_id, ImportOptions(mapping={0: "email"})).state == "queued"


def test_characters_that_cannot_be_stored_spoil_their_row_only(score):
    """A NUL in a cell or header neither stops the import nor gets into the database."""
    done = run("email;sc\0ore\nada@x.io;1\0\nbob@x.io;2\n\0;3\n", {0: "email", 1: "attribute:SCORE"})
    assert (done.state, done.created, done.failed) == ("finished", 1, 2)
    assert [(each.column, each.value) for each in done.errors_sample] == [
        ("sc\ufffdore", "1\ufffd"),
        ("email", "\ufffd"),
    ]


def test_an_import_is_started_once(database):
    """Starting twice, or starting what is not there, is refused."""
    process_id = started(PEOPLE, {0: "email"})
    with pytest.raises(Conflict):
        imports.start(process_id, ImportOptions(mapping={0: "email"}))
    with pytest.raises(NotFound):
        imports.start(999_999, ImportOptions(mapping={0: "email"}))


def test_a_broken_run_goes_on_where_it_stood(database, monkeypatch):
    """What breaks a run off between or inside batches neither loses nor doubles a row."""
    monkeypatch.setattr(running, "BATCH", 2)
    process_id = started("email\n" + "".join(f"c{number}@x.io\n" for number in range(7)), {0: "email"})
    write, calls = running.write, []

    def breaking(*arguments, **options):
        calls.append(1)
        outcomes = write(*arguments, **options)
        if len(calls) in {2, 4}:
            raise ConnectionError
        return outcomes

    monkeypatch.setattr(running, "write", breaking)
    for _ in range(2):
        with pytest.raises(ConnectionError):
            imports.run(process_id)
    imports.run(process_id)
    done = imports.get(process_id)
    assert (done.state, done.created, done.unchanged, count(ContactQuery())) == ("finished", 7, 0, 7)


def test_a_run_that_always_breaks_at_the_same_place_fails(database, monkeypatch):
    """It is not tried for ever, and says so."""
    process_id = started(PEOPLE, {0: "email"})
    monkeypatch.setattr(running, "_take", lambda *_arguments: False)
    for _ in range(running.MOST_STARTS + 1):
        imports.run(process_id)
    done = imports.get(process_id)
    assert (done.state, "broke off" in done.problem) == ("failed", True)


def test_cancelling_stops_before_the_next_batch(database, monkeypatch):
    """What was taken stays; the file is let go."""
    monkeypatch.setattr(running, "BATCH", 1)
    process_id = started(PEOPLE, {0: "email"})
    tell = running._tell
    monkeypatch.setattr(running, "_tell", lambda process: (tell(process), imports.cancel(process_id)))
    imports.run(process_id)
    assert (imports.get(process_id).state, count(ContactQuery())) == ("cancelled", 1)
    assert database.scalar(text("SELECT content FROM process WHERE id = :id"), {"id": process_id}) is None
    with pytest.raises(Conflict):
        imports.cancel(process_id)


def test_a_worker_keeps_others_off(database):
    """While one works on an import, another one leaves it alone."""
    process_id = started(PEOPLE, {0: "email"})
    with alone(running._LOCK, process_id) as ours:
        imports.run(process_id)
        assert (ours, imports.get(process_id).processed) == (True, 0)
    imports.run(process_id)
    assert imports.get(process_id).processed == 2


def test_a_long_import_makes_room_in_between(database, monkeypatch):
    """After its turn an import goes behind the jobs that wait, and then on where it was; it asks for no second one."""
    monkeypatch.setattr(running, "BATCH", 1)
    monkeypatch.setattr(running, "TURN_SECONDS", 0)
    queued = []
    monkeypatch.setattr(running, "enqueue", lambda *call: queued.append(call))
    process_id = started(PEOPLE, {0: "email"})
    run_import(process_id)
    assert (imports.get(process_id).processed, queued) == (1, [(running.JOB, process_id)])
    run_import(process_id)
    run_import(process_id)
    assert (imports.get(process_id).state, len(queued)) == ("finished", 2)


def test_unfinished_imports_are_handed_out_again(database, monkeypatch):
    """The clock finds what a kill or an outage of Redis left behind, and nothing else."""
    handed = []
    monkeypatch.setattr(running, "enqueue", lambda _job, process_id: handed.append(process_id))
    left = started(PEOPLE, {0: "email"})
    imports.upload(PEOPLE.encode(), "never started.csv")
    run(PEOPLE, {0: "email"})
    imports.resume()
    assert handed == [left]


def test_old_files_are_forgotten(database):
    """Uploads never started go after a day, finished imports with their errors after a month."""
    upload, done = imports.upload(PEOPLE.encode(), "x.csv").id, run(PEOPLE, {0: "email"}).id
    imports.forget_old()
    assert database.get(Process, upload)
    database.execute(text("UPDATE process SET created_at = now() - interval '2 days'"))
    database.expire_all()
    imports.forget_old()
    assert (database.get(Process, upload), database.get(Process, done) is None) == (None, False)


def test_formulas_come_back_as_they_were(database):
    """The apostrophe that an export puts before a formula's sign is taken off again."""
    run("email;first\nada@x.io;'=1+1\n", {0: "email", 1: "attribute:FIRSTNAME"})
    assert stored("ada@x.io").attributes["FIRSTNAME"] == "=1+1"


def test_progress_is_told_live(database, monkeypatch):
    """Whoever started the import hears of each batch."""
    told = []
    monkeypatch.setattr(running.live, "publish", lambda channel, kind, data: told.append((channel, kind, data)))
    process_id = started(PEOPLE, {0: "email"})
    imports.run(process_id)
    assert [(kind, data["state"], data["processed"]) for _, kind, data in told] == [
        ("import", "running", 2),
        ("import", "finished", 2),
    ]
    assert permissions.current() is None


@pytest.mark.timeout(120)
def test_a_hundred_thousand_rows(score):
    """A large file is taken in whole, bad rows named."""
    rows = "".join(f"c{number}@x.io;{number if number % 1000 else 'bad'}\n" for number in range(100_000))
    done = run(f"email;score\n{rows}", {0: "email", 1: "attribute:SCORE"})
    assert (done.state, done.created, done.failed, count(ContactQuery())) == ("finished", 99_900, 100, 99_900)
