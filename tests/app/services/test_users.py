import pytest
from sqlalchemy.orm import Session

from app import permissions
from app.adapters import passwords
from app.errors import Conflict, Forbidden, Invalid, NotFound
from app.permissions import Actor
from app.services import users, workspace
from tests.factories.users import make_user


@pytest.fixture(autouse=True)
def _database(database: Session) -> None:
    """Every test here writes."""


def acting(*roles: str) -> Actor:
    return Actor("person", permissions.of_roles(roles), user_id=make_user(*roles).id, roles=frozenset(roles))


def test_an_email_is_known_without_case() -> None:
    """An address belongs to one user, however it is written."""
    made = users.create("Rep@Example.com", "Rep", ["rep"], "long enough")
    assert made.email == "rep@example.com"
    assert users.authenticate("REP@example.COM", "long enough") is not None
    with pytest.raises(Conflict) as refused:
        users.create("rep@EXAMPLE.com", "Again", ["rep"])
    assert refused.value.problems[0].field == "email"


def test_passwords_are_not_kept() -> None:
    """Only an argon2id hash is stored, another for the same password each time."""
    one, two = (users.create(f"{name}@example.com", name, ["rep"], "the same one") for name in ("a", "b"))
    assert all((user.password or "").startswith("$argon2id$") for user in (one, two))
    assert one.password != two.password


def test_without_a_password_nobody_signs_in() -> None:
    """A user who was added without one waits until an admin sets it."""
    made = users.create("rep@example.com", "Rep", ["rep"])
    assert users.authenticate("rep@example.com", "") is None
    users.update(made.id, {"password": "long enough"})
    assert users.authenticate("rep@example.com", "long enough") is not None


def test_passwords_are_compared_in_one_form() -> None:
    """An é typed as one character or as two is the same."""
    assert passwords.fits("caf\u0065\u0301 noir", passwords.hash_of("caf\u00e9 noir"))


@pytest.mark.parametrize(
    ("email", "roles"), [("no address", ["rep"]), ("a@example.com", ["king"]), ("a@example.com", [])]
)
def test_what_makes_no_user_is_refused(email: str, roles: list[str]) -> None:
    """A user has an address and at least one role that exists."""
    with pytest.raises(Invalid):
        users.create(email, "Somebody", roles)


@pytest.mark.row("D5")
def test_only_owners_make_owners() -> None:
    """An admin can neither make an owner, nor become one, nor touch one."""
    owner = make_user("owner")
    with permissions.acting_as(acting("admin")):
        for attempt in (
            lambda: users.create("new@example.com", "New", ["owner"]),
            lambda: users.update(make_user("rep").id, {"roles": ["owner"]}),
            lambda: users.update(owner.id, {"password": "taken over"}),
            lambda: users.deactivate(owner.id),
        ):
            with pytest.raises(Forbidden):
                attempt()


def test_owners_make_owners() -> None:
    """An owner hands the workspace over."""
    owner = acting("owner")
    with permissions.acting_as(owner):
        heir = users.create("heir@example.com", "Heir", ["owner"])
        users.update(owner.user_id or 0, {"roles": ["marketer"]})
    assert [role.name for role in users.get(heir.id).roles] == ["owner"]


@pytest.mark.parametrize("changes", [{"active": False}, {"roles": ["admin"]}])
def test_the_last_owner_stays(changes: users.UserChanges) -> None:
    """Nobody, not even the command line, leaves a workspace without an owner."""
    owner = make_user("owner")
    make_user("owner", active=False)
    with pytest.raises(Conflict):
        users.update(owner.id, changes)


@pytest.mark.row("D6")
def test_somebody_may_have_several_roles() -> None:
    """Roles add up, and the one that may re-enter follows the workspace's policy."""
    both = make_user("rep", "marketer")
    assert users.actor_of(both).may("deals.edit")
    assert users.actor_of(both).may("automations.edit")
    assert not users.actor_of(both).may("automations.re_entry")
    workspace.update({"re_entry_by_marketers": True})
    assert users.actor_of(both).may("automations.re_entry")
    assert not users.actor_of(make_user("rep")).may("automations.re_entry")


def test_deactivating_keeps_the_name() -> None:
    """The user is shut out and stays in the list, at its end."""
    gone, here = make_user(password="long enough"), make_user()
    users.deactivate(gone.id)
    assert users.authenticate(gone.email, "long enough") is None
    assert [user.id for user in users.all_users()] == [here.id, gone.id]


def test_an_unknown_user_is_not_found() -> None:
    """Changing somebody who does not exist says so."""
    for attempt in (lambda: users.get(4242), lambda: users.update(4242, {"name": "x"})):
        with pytest.raises(NotFound):
            attempt()
