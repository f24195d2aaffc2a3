import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from app.adapters import live
from app.errors import NotFound
from app.models import Notification, User
from app.services import notifications, users
from app.services.notifications import News
from app.services.paging import Paging
from tests.factories.automations import make_automation
from tests.factories.contacts import make_contact
from tests.factories.users import make_user


@pytest.fixture
def user(database: Session) -> User:
    return make_user("rep")


def alert(database: Session, user: User, title: str = "Hot lead", **more: int) -> int:
    row = Notification(user_id=user.id, title=title, body="Call.", **more)
    database.add(row)
    database.flush()
    return row.id


def titles(found: list[News | None]) -> list[str]:
    return [each.alert.title for each in found if each and each.alert]


def followed(user: User, last_id: int | None = None) -> list[News | None]:
    """What a stream tells until nothing is new any more."""
    found: list[News | None] = []
    for news in notifications.follow(user.id, last_id):
        found.append(news)
        if len(found) > 1 and news is None:
            break
    return found


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notifications, "HEARTBEAT_SECONDS", 0.2)
    monkeypatch.setattr(live, "_PATIENCE_SECONDS", 0.2)


def test_alerts_name_their_contact_and_automation(database: Session, user: User) -> None:
    """The newest first, with names to show and links to follow."""
    contact, automation = make_contact(FIRSTNAME="Maria", LASTNAME="Curie"), make_automation()
    alert(database, user)
    alert(database, user, contact_id=contact, automation_id=automation.id)
    first, second = notifications.newest(user.id, Paging()).items
    assert (first.contact, first.automation) == ((contact, "Maria Curie"), (automation.id, automation.name))
    assert (second.contact, second.automation) == (None, None)


def test_alerts_are_ones_own(database: Session, user: User) -> None:
    """Nobody sees or marks another's alerts."""
    number = alert(database, make_user("rep"))
    assert notifications.newest(user.id, Paging()).items == []
    with pytest.raises(NotFound):
        notifications.mark(user.id, number, read=True)


def test_alerts_are_read_and_unread(database: Session, user: User) -> None:
    """Marking changes the count, and can be taken back."""
    first, _ = alert(database, user), alert(database, user)
    notifications.mark(user.id, first, read=True)
    assert notifications.unread_count(user.id) == 1
    assert [each.read_at is None for each in notifications.newest(user.id, Paging(), unread=True).items] == [True]
    notifications.mark(user.id, first, read=False)
    assert notifications.unread_count(user.id) == 2
    notifications.mark_all_read(user.id)
    assert notifications.unread_count(user.id) == 0


def test_a_stream_begins_where_it_was_cut_off(database: Session, user: User) -> None:
    """What came after the last alert that arrived is told first, oldest first, with the unread count."""
    seen = alert(database, user, "seen")
    alert(database, user, "one")
    alert(database, user, "two")
    found = followed(user, seen)
    assert titles(found) == ["one", "two"]
    assert found[1] is not None
    assert found[1].data == {"unread": 3}


def test_a_fresh_stream_tells_nothing_old(database: Session, user: User) -> None:
    """Without a last alert, only what happens from now on is told."""
    alert(database, user)
    assert titles(followed(user)) == []


def test_a_stream_needs_no_bell(database: Session, user: User) -> None:
    """Alerts that nobody rang for, because Redis was away, come with the next sign of life."""
    stream = notifications.follow(user.id, None)
    assert next(stream) is None
    alert(database, user, "silent")
    assert titles([next(stream)]) == ["silent"]
    stream.close()


def test_alerts_out_of_order_are_told_once(database: Session, user: User) -> None:
    """A smaller number that is committed after a larger one is told too, and nothing twice."""
    stream = notifications.follow(user.id, None)
    assert next(stream) is None
    late, early = alert(database, make_user()), alert(database, user, "early")
    assert titles([next(stream)]) == ["early"]
    database.execute(update(Notification).where(Notification.id == late).values(user_id=user.id, title="late"))
    assert titles([next(stream)]) == ["late"]
    assert late < early
    assert titles([next(stream), next(stream)]) == []
    stream.close()


def test_news_of_the_workspace_pass_through(database: Session, user: User, redis_live: None) -> None:
    """What is published to everybody, or to this user, arrives at once; another user's news do not."""
    stream = notifications.follow(user.id, None)
    next(stream)
    live.publish(live.user_channel(user.id + 1), "automation", {"id": 1})
    live.publish(live.WORKSPACE, "automation", {"id": 2})
    live.publish(live.user_channel(user.id), "unread")
    found = [each for each in (next(stream) for _ in range(6)) if each]
    assert [(each.type, each.data) for each in found] == [("automation", {"id": 2}), ("unread", {"unread": 0})]
    stream.close()


def test_a_stream_ends_with_its_session(database: Session, user: User) -> None:
    """A new password ends all sessions, and what they had open."""
    stream = notifications.follow(user.id, None)
    next(stream)
    users.update(user.id, {"password": "another good one"})
    assert list(stream) == []


def test_a_stream_ends_with_its_user(database: Session, user: User) -> None:
    """Once the user is deactivated, nothing more is told."""
    stream = notifications.follow(user.id, None)
    next(stream)
    database.execute(update(User).where(User.id == user.id).values(active=False))
    assert list(stream) == []
