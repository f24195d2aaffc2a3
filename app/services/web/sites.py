"""The websites that may send, and the snippet that makes them."""

import re
import secrets as random
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import ClassVar, Final, NamedTuple, TypedDict

from sqlalchemy import delete as delete_from
from sqlalchemy import func, insert, select, update

from app import db
from app.adapters.catalog import bump_revision
from app.errors import Conflict, Forbidden, Invalid, NotFound, Problem
from app.models import Site
from app.services import audit, values
from nodes.websites import allows

MOST_DOMAINS: Final = 50
MOST_PAGES_BEFORE_PUSH: Final = 100
_LONGEST_DOMAIN: Final = 253
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?::[0-9]{1,5})?")
_SEEN_EVERY: Final = timedelta(seconds=10)
_BELIEVED_SECONDS: Final = 1.0


class SiteView(NamedTuple):
    """A website that may send."""

    id: int
    name: str
    key: str
    domains: list[str]
    needs_consent: bool
    heeds_do_not_track: bool
    push_after: int | None
    created_at: datetime
    seen_at: datetime | None


class SiteSettings(TypedDict):
    """A website as admins enter it."""

    name: str
    domains: Sequence[str]
    needs_consent: bool
    heeds_do_not_track: bool
    push_after: int | None


def every() -> Sequence[SiteView]:
    """Return all sites by name."""
    with db.transaction() as session:
        return [_view(each) for each in session.scalars(select(Site).order_by(func.lower(Site.name)))]


def get(site_id: int) -> SiteView:
    """Return one site. Raises NotFound."""
    with db.transaction() as session:
        found = session.get(Site, site_id)
        if found is None:
            raise NotFound.thing("site", site_id)
        return _view(found)


def create(given: SiteSettings) -> int:
    """Add a site; returns its id. Raises Invalid naming the domain that is none, Conflict for a name in use."""
    with db.transaction() as session:
        row = {**_checked(given), "key": random.token_urlsafe(12)}
        site_id = session.scalars(insert(Site).values(row).returning(Site.id)).one()
        audit.record("created", "site", site_id)
        bump_revision()
    return site_id


def change(site_id: int, given: SiteSettings) -> None:
    """Change a site; its key stays. Raises NotFound, and as `create` does."""
    with db.transaction() as session:
        statement = update(Site).where(Site.id == site_id).values(_checked(given, site_id)).returning(Site.id)
        if session.scalar(statement) is None:
            raise NotFound.thing("site", site_id)
        audit.record("updated", "site", site_id)
        bump_revision()
        db.after_commit(_Believed.sites.clear)


def delete(site_id: int) -> None:
    """Stop listening to a site, and forget its unknown visitors. Raises NotFound."""
    with db.transaction() as session:
        if session.scalar(delete_from(Site).where(Site.id == site_id).returning(Site.id)) is None:
            raise NotFound.thing("site", site_id)
        audit.record("deleted", "site", site_id)
        bump_revision()
        db.after_commit(_Believed.sites.clear)


def is_watched(address: str) -> bool:
    """Tell whether an address is a page of one of the sites."""
    return watching()(address)


def watching() -> Callable[[str], bool]:
    """Return how to tell whether addresses are pages of one of the sites, which are read once."""
    with db.transaction() as session:
        sites = session.scalars(select(Site.domains)).all()
    return lambda address: any(allows(domains, address) for domains in sites)


def open_to(key: str, origin: str) -> int:
    """Return the site of this key, and note that it is alive. Raises NotFound, Forbidden for a page of another site."""
    site, until = _Believed.sites.get(key, (None, 0.0))
    if site is None or until < time.monotonic():
        site = _look_up(key)
        _Believed.sites[key] = site, time.monotonic() + _BELIEVED_SECONDS
    if not allows(site.domains, origin):
        raise Forbidden(f"Pages of {origin or 'nowhere'} may not send here. Add the domain under Settings → Websites.")
    return site.id


def known(key: str) -> int:
    """Return the site of this key, whatever page asks. Raises NotFound."""
    return _look_up(key).id


class _Believed:
    """The sites that this process has just looked up, and until when: a stream of views does not ask at each."""

    sites: ClassVar[dict[str, tuple[SiteView, float]]] = {}  # by key; keys that no site has are not kept


def _look_up(key: str) -> SiteView:
    with db.transaction() as session:
        site = session.scalar(select(Site).where(Site.key == key))
        if site is None:
            raise NotFound.thing("site", key)
        now = datetime.now(UTC)
        if site.seen_at is None or now - site.seen_at > _SEEN_EVERY:
            site.seen_at = now
        return _view(site)


def _checked(given: SiteSettings, besides: int = 0) -> dict[str, object]:
    name = values.line("name", given["name"])
    with db.transaction() as session:
        if session.scalar(select(func.count()).where(Site.name == name, Site.id != besides)):
            raise Conflict(f"There is a site “{name}” already. Choose another name.")
    if not 1 <= len(given["domains"]) <= MOST_DOMAINS:
        raise Invalid.field("domains", "bad_length", f"Name 1 to {MOST_DOMAINS} domains.", "Like example.com.")
    return {**given, "name": name, "domains": read_domains(given["domains"])}


def read_domains(written: Sequence[str]) -> list[str]:
    """Return domains as they are compared, each once. Raises Invalid naming each that is none."""
    domains = [re.sub(r"^https?://", "", each.strip().lower()).rstrip("/") for each in written]
    wrong = [
        Problem(
            f"domains.{index}",
            "bad_domain",
            f"“{values.shortened(domain)}” is no domain.",
            "Write it like example.com, without a path.",
        )
        for index, domain in enumerate(domains)
        if len(domain) > _LONGEST_DOMAIN or not _DOMAIN.fullmatch(domain)
    ]
    if wrong:
        raise Invalid(wrong[0].message, wrong)
    return list(dict.fromkeys(domains))


def _view(site: Site) -> SiteView:
    return SiteView(*(getattr(site, name) for name in SiteView._fields))
