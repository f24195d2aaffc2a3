"""Websites that are watched, and what contacts looked at there."""

from html import escape
from typing import Any

from flask import current_app

from app.api.blueprint import Blueprint
from app.api.schemas.base import all_of
from app.api.schemas.web import Interest, Lately, NewSite, Site, TrackedLink, Visit
from app.permissions import requires
from app.services.web import interests, links, sites, visits
from app.services.web.sites import SiteSettings, SiteView
from app.settings import Settings
from app.site_door import PREFIX, SCRIPT, WORKER

blueprint = Blueprint("web", __name__, url_prefix="/api", description="Websites that are watched.")


@blueprint.get("/sites")
@requires("settings.view")
@blueprint.response(200, all_of(Site))
def every() -> dict[str, Any]:
    """List all sites, each with its snippet."""
    return {"items": [_shown(each) for each in sites.every()]}


@blueprint.post("/sites")
@requires("settings.edit")
@blueprint.arguments(NewSite)
@blueprint.response(201, Site)
def create(new: SiteSettings) -> dict[str, Any]:
    """Add a site."""
    return _shown(sites.get(sites.create(new)))


@blueprint.get("/sites/<id:id>")
@requires("settings.view")
@blueprint.response(200, Site)
def read(id: int) -> dict[str, Any]:
    """Read one site."""
    return _shown(sites.get(id))


@blueprint.put("/sites/<id:id>")
@requires("settings.edit")
@blueprint.arguments(NewSite)
@blueprint.response(200, Site)
def change(new: SiteSettings, id: int) -> dict[str, Any]:
    """Change a site; its key and snippet stay, but for what they say of consent."""
    sites.change(id, new)
    return _shown(sites.get(id))


@blueprint.delete("/sites/<id:id>")
@requires("settings.edit")
@blueprint.response(204)
def remove(id: int) -> None:
    """Stop listening to a site, and forget its unknown visitors."""
    sites.delete(id)


@blueprint.get("/contacts/<id:id>/visits")
@requires("contacts.view")
@blueprint.response(200, all_of(Visit))
def of_contact(id: int) -> dict[str, Any]:
    """List a contact's latest visits, the last first."""
    return {"items": visits.of_contact(id)}


@blueprint.post("/contacts/<id:id>/tracked-links")
@requires("contacts.edit")
@blueprint.arguments(TrackedLink)
@blueprint.response(200, TrackedLink)
def tracked_link(new: dict[str, Any], id: int) -> dict[str, Any]:
    """Make a link to a page of a website that says who comes by it: for mail that is written to the contact by hand."""
    return {"address": links.make(id, new["address"])}


@blueprint.get("/contacts/<id:id>/interests")
@requires("contacts.view")
@blueprint.arguments(Lately, location="query")
@blueprint.response(200, all_of(Interest))
def interests_of(lately: dict[str, Any], id: int) -> dict[str, Any]:
    """List the categories of pages that a contact viewed lately, the most viewed first."""
    return {"items": interests.of_contact(id, lately["days"])}


def _shown(site: SiteView) -> dict[str, Any]:
    settings: Settings = current_app.extensions["cadenza-settings"]
    said = {"data-site": site.key}
    if site.needs_consent:
        said["data-consent"] = "needed"
    if site.push_after is not None:
        said["data-push"] = str(site.push_after)
    if not site.heeds_do_not_track:
        said["data-do-not-track"] = "ignored"
    written = "".join(f' {name}="{escape(value)}"' for name, value in said.items())
    snippet = f'<script defer src="{settings.public_url}{PREFIX}/{SCRIPT}"{written}></script>'
    worker = f'importScripts("{settings.public_url}{PREFIX}/{WORKER}");\n'
    return {**site._asdict(), "snippet": snippet, "worker": worker}
