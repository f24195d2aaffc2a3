import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.models import Contact
from app.services import workspace
from app.services.demo import seed_if_empty
from tests.factories.users import make_user


def test_a_workspace_with_people_is_left_alone(database: Session):
    """Where somebody works already, nothing is made, and nobody's password is told."""
    workspace.setup()
    make_user("owner")
    assert seed_if_empty(lambda _label, _done: None) == []
    assert database.scalars(select(func.count(Contact.id))).one() == 0


@pytest.mark.parametrize("seed", range(4))
def test_a_world_of_one_is_made_whatever_that_one_did(database: Session, seed: int):
    """Where nobody came to the website, wrote or bought, there is less to see and nothing breaks."""
    workspace.setup()
    assert seed_if_empty(lambda _label, _done: None, seed=seed, people=1, companies=1)
    assert database.scalars(select(func.count(Contact.id))).one() == 1
