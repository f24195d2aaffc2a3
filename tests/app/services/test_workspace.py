import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import Invalid
from app.models import Attribute, Pipeline, Role, Stage, Workspace
from app.permissions import ROLES
from app.services import workspace


def test_every_workspace_begins_alike(database: Session) -> None:
    """A migrated database is given roles, a default pipeline with stages, and the usual attributes."""
    assert set(database.scalars(select(Role.name))) == set(ROLES)
    assert database.scalars(select(Pipeline.is_default)).all() == [True]
    assert len(database.scalars(select(Stage.name)).all()) > 1
    assert {"FIRSTNAME", "LASTNAME", "COUNTRY"} <= set(database.scalars(select(Attribute.name)))


def test_setting_up_again_changes_nothing(database: Session) -> None:
    """A second start finds everything there."""
    counts = [select(func.count()).select_from(table) for table in (Role, Pipeline, Stage, Attribute)]
    before = [database.scalar(count) for count in counts]
    workspace.setup()
    assert [database.scalar(count) for count in counts] == before


def test_settings_are_kept_and_heard_of(database: Session) -> None:
    """A change is stored, and running workers read the names anew."""
    revision = database.scalar(select(Workspace.revision))
    workspace.update({"name": "Ours", "time_zone": "Asia/Tbilisi"})
    database.expire_all()
    assert (workspace.get().name, str(workspace.time_zone())) == ("Ours", "Asia/Tbilisi")
    assert database.scalar(select(Workspace.revision)) != revision


@pytest.mark.parametrize("zone", ["Mars/Olympus", "europe/paris", "../../etc/passwd", ""])
def test_an_unknown_zone_is_refused(database: Session, zone: str) -> None:
    """A zone that no clock knows is refused by name, and the old one stays."""
    with pytest.raises(Invalid) as refused:
        workspace.update({"time_zone": zone})
    assert refused.value.problems[0].field == "time_zone"
    assert workspace.get().time_zone == "UTC"
