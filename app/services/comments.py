"""Comments on steps of automations, and notes on the canvas: threads that people write to each other."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final, NamedTuple, TypedDict

from sqlalchemy import Row, Select, func, select
from sqlalchemy.orm import Session, aliased

from app import db, permissions
from app.adapters import live
from app.adapters.catalog import load_catalog
from app.errors import Forbidden, Invalid, NotFound
from app.models import Comment, Notification, User
from app.services.automations.drafts import find
from app.services.views import Reference, reference
from nodes.texts import Text

MOST_THREADS: Final = 500
_TITLE: Final = Text(
    "{who} mentioned you in “{automation}”",
    "{who} vous a mentionné dans « {automation} »",
    "{who} упоминает вас в «{automation}»",
)
_SOMEBODY: Final = Text("Somebody", "Quelqu’un", "Кто-то")


class Remark(NamedTuple):
    """One comment; `mine` tells whether the present actor wrote it."""

    id: int
    text: str
    author: Reference | None
    mine: bool
    created_at: datetime
    edited_at: datetime | None


class Thread(NamedTuple):
    """A comment on a step (`node`) or a note at a place on the canvas (`x`, `y`), with its replies, oldest first."""

    id: int
    node: str | None
    x: float | None
    y: float | None
    resolved_at: datetime | None
    resolved_by: Reference | None
    remarks: Sequence[Remark]


class NewComment(TypedDict):
    """What begins a thread (with a `node`, or with `x` and `y`) or is a reply (`reply_to`: the thread)."""

    text: str
    node: str | None
    x: float | None
    y: float | None
    reply_to: int | None
    mentions: Sequence[int]


class CommentChanges(TypedDict, total=False):
    """What may change: the text by its author; whether the thread is resolved and where a note lies by anybody."""

    text: str
    resolved: bool
    x: float
    y: float


def of_automation(automation_id: int) -> list[Thread]:
    """Return the threads, those that are open first, the newest before the others; at most 500."""
    with db.transaction() as session:
        find(session, automation_id)
        return _threads(session, Comment.automation_id == automation_id)


def create(automation_id: int, new: NewComment) -> Thread:
    """Begin a thread, or reply; tells those whom it mentions. Raises NotFound, Invalid."""
    actor = permissions.signed_in()
    with db.transaction() as session:
        automation = find(session, automation_id)
        thread = _thread(session, new["reply_to"], automation_id) if new["reply_to"] is not None else None
        place = {} if thread else _place(new)
        mentions = sorted(_known_users(session, new["mentions"]) - {actor.user_id})
        comment = Comment(
            automation_id=automation_id,
            reply_to=thread.id if thread else None,
            text=new["text"],
            mentions=mentions,
            author_id=actor.user_id,
            **place,
        )
        session.add(comment)
        session.flush()
        _tell(session, comment, automation.name, mentions)
        return _changed(session, comment)


def change(comment_id: int, changes: CommentChanges) -> Thread:
    """Change a comment; raises NotFound, or Forbidden for others' words."""
    with db.transaction() as session:
        comment = _find(session, comment_id)
        if "text" in changes:
            _demand_author(comment)
            comment.text, comment.edited_at = changes["text"], _now(session)
        if comment.reply_to is None and "resolved" in changes:
            resolved = changes["resolved"]
            comment.resolved_at = _now(session) if resolved else None
            comment.resolved_by = permissions.signed_in().user_id if resolved else None
        if comment.x is not None:
            comment.x, comment.y = changes.get("x", comment.x), changes.get("y", comment.y)
        session.flush()
        return _changed(session, comment)


def remove(comment_id: int) -> None:
    """Delete a comment, with its replies if it began a thread; raises NotFound, or Forbidden for others' words."""
    with db.transaction() as session:
        comment = _find(session, comment_id)
        _demand_author(comment)
        session.delete(comment)
        _publish(comment.automation_id)


def _threads(session: Session, condition: Any) -> list[Thread]:  # noqa: ANN401 - any condition on comments
    begun = _rows().where(condition, Comment.reply_to.is_(None))
    order = (Comment.resolved_at.is_not(None), Comment.id.desc())
    roots = session.execute(begun.order_by(*order).limit(MOST_THREADS)).all()
    replies: defaultdict[int, list[Remark]] = defaultdict(list)
    ids = [comment.id for comment, _, _ in roots]
    for row in session.execute(_rows().where(Comment.reply_to.in_(ids)).order_by(Comment.id)):
        replies[row[0].reply_to].append(_remark(row))
    return [_view(row, replies[row[0].id]) for row in roots]


def _view(row: Row[Any], replies: Sequence[Remark]) -> Thread:
    comment, _, resolver = tuple(row)
    by = reference(comment.resolved_by, resolver)
    return Thread(comment.id, comment.node, comment.x, comment.y, comment.resolved_at, by, [_remark(row), *replies])


def _remark(row: Row[Any]) -> Remark:
    comment, author, _ = tuple(row)
    actor = permissions.current()
    mine = actor is not None and actor.user_id is not None and actor.user_id == comment.author_id
    by = reference(comment.author_id, author)
    return Remark(comment.id, comment.text, by, mine, comment.created_at, comment.edited_at)


def _rows() -> Select[*tuple[Any, ...]]:
    author, resolver = aliased(User), aliased(User)
    return (
        select(Comment, author.name, resolver.name)
        .outerjoin(author, author.id == Comment.author_id)
        .outerjoin(resolver, resolver.id == Comment.resolved_by)
    )


def _changed(session: Session, comment: Comment) -> Thread:
    """Tell open browsers, and return the comment's thread."""
    _publish(comment.automation_id)
    (thread,) = _threads(session, Comment.id == (comment.reply_to or comment.id))
    return thread


def _publish(automation_id: int) -> None:
    live.publish(live.WORKSPACE, "comments", {"automation_id": automation_id})


def _tell(session: Session, comment: Comment, automation: str, mentions: Sequence[int]) -> None:
    """Alert those who are mentioned, in their languages."""
    users = {user.id: user for user in load_catalog().users.values() if user.active}
    author = users.get(comment.author_id or 0)
    for user in (users[each] for each in mentions if each in users):
        who = author.name if author else _SOMEBODY
        title = _TITLE.format(who=who, automation=automation).say(user.language)
        session.add(
            Notification(
                user_id=user.id,
                automation_id=comment.automation_id,
                comment_id=comment.id,
                title=title,
                body=comment.text,
            )
        )
        live.publish(live.user_channel(user.id), "notification")


def _place(new: NewComment) -> dict[str, Any]:
    """Return where a thread begins; raises Invalid unless that is a step, or else a place."""
    node, x, y = new["node"], new["x"], new["y"]
    if (x is None) != (y is None) or (node is None) == (x is None):
        message = "A comment belongs to a step, or lies at a place on the canvas."
        raise Invalid.field("node", "no_place", message, "Send `node`, or `x` and `y`.")
    return {"node": node, "x": x, "y": y}


def _known_users(session: Session, ids: Sequence[int]) -> set[int]:
    return set(session.scalars(select(User.id).where(User.id.in_(ids), User.active)))


def _thread(session: Session, comment_id: int, automation_id: int) -> Comment:
    """Return the beginning of a thread; raises NotFound."""
    comment = _find(session, comment_id)
    if comment.automation_id != automation_id or comment.reply_to is not None:
        raise NotFound.thing("comment", comment_id)
    return comment


def _find(session: Session, comment_id: int) -> Comment:
    comment = session.get(Comment, comment_id, with_for_update=True)
    if comment is None:
        raise NotFound.thing("comment", comment_id)
    return comment


def _demand_author(comment: Comment) -> None:
    actor = permissions.signed_in()
    if not actor.may("users.manage") and (actor.user_id is None or actor.user_id != comment.author_id):
        raise Forbidden("Only its author, or an admin, may change or delete a comment.")


def _now(session: Session) -> datetime:
    return session.scalars(select(func.now())).one()
