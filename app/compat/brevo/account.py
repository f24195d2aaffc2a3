"""GET /account: who runs this workspace."""

from flask import Response, jsonify
from sqlalchemy import select

from app import db
from app.compat.brevo.door import door
from app.compat.brevo.tracker import usual_key
from app.models import Role, User
from app.permissions import requires
from app.services import workspace


@door.get("/account")
@requires("settings.view")
def read_account() -> Response:
    """Describe the workspace and its owner. There are no plans and no credits here."""
    owner = _owner()
    key = usual_key()
    first, _, last = (owner.name if owner else "").partition(" ")
    return jsonify(
        organization_id="1",
        user_id=owner.id if owner else 0,
        enterprise=False,
        email=owner.email if owner else "",
        firstName=first,
        lastName=last,
        companyName=workspace.get().name,
        address={"street": "", "city": "", "zipCode": "", "country": ""},
        plan=[{"type": "free", "creditsType": "sendLimit", "credits": 0}],
        relay={"enabled": False, "data": {"userName": "", "relay": "", "port": 0}},
        marketingAutomation={"enabled": bool(key), **({"key": key} if key else {})},
    )


def _owner() -> User | None:
    """The first owner who is still here."""
    with db.transaction() as session:
        return session.scalars(
            select(User).join(User.roles).where(User.active, Role.name == "owner").order_by(User.id).limit(1)
        ).first()
