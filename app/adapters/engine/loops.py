"""Telling the admins of automations that set each other off in a circle, once a day for each pair."""

from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert

from app.adapters.bulk import recordset
from app.adapters.engine.effects import Scene
from app.adapters.engine.messages import keepers
from app.models import Notification
from nodes.catalog import User
from nodes.texts import Text
from workflows.items import Refused
from workflows.work import TOO_MANY_HOPS

_AGAIN: Final = timedelta(days=1)
_TITLE: Final = Text("A loop of automations was cut", "Une boucle a été coupée", "Цикл автоматизаций прерван")
_BODY: Final = Text(
    "“{one}” and “{other}” set each other off too many times in a row. Look at what starts them.",
    "« {one} » et « {other} » se sont déclenchées trop de fois de suite. Vérifiez ce qui les lance.",
    "«{one}» и «{other}» слишком много раз подряд запускали друг друга. Проверьте, что их запускает.",
)
_COLUMNS: Final = ("user_id", "automation_id", "title", "body", "created_at")


def warn_of_loops(scene: Scene, refused: Iterable[Refused]) -> Sequence[tuple[int, int]]:
    """Notify admins and owners of every chain that was cut; returns the notifications as (id, user id)."""
    pairs = {
        (each.event.causes[-1], each.automation)
        for each in refused
        if each.reason == TOO_MANY_HOPS and each.event.causes
    }
    rows = [_row(scene, pair, user) for pair in sorted(pairs) for user in keepers(scene)]
    if not rows:
        return ()
    given = recordset("given", {name: Notification.__table__.c[name].type for name in _COLUMNS}, rows)
    told = exists().where(
        Notification.user_id == given.c.user_id,
        Notification.body == given.c.body,
        Notification.created_at > scene.now - _AGAIN,
    )
    statement = insert(Notification).from_select(list(_COLUMNS), select(given).where(~told))
    written = scene.session.execute(statement.returning(Notification.id, Notification.user_id))
    return [(number, user) for number, user in written]


def _row(scene: Scene, pair: tuple[int, int], user: User) -> dict[str, Any]:
    one, other = (scene.world.catalog.automation_name(each) for each in pair)
    return {
        "user_id": user.id,
        "automation_id": pair[1],
        "title": _TITLE.say(user.language),
        "body": _BODY.format(one=one, other=other).say(user.language),
        "created_at": scene.now,
    }
