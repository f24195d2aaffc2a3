"""The workspace's settings, its mail server and the mail it sent."""

from typing import Any

from app.api.blueprint import Blueprint
from app.api.paging import paging
from app.api.schemas.base import PageArguments, page_of
from app.api.schemas.settings import MailServer, MailServerChange, SentMail, TestMail, Workspace, WorkspaceChange
from app.models import Workspace as WorkspaceRow
from app.permissions import requires
from app.services import mail, workspace
from app.services.mail import MailEntry
from app.services.paging import Page
from app.services.workspace import WorkspaceChanges

blueprint = Blueprint("workspace", __name__, url_prefix="/api", description="The workspace and its mail.")


@blueprint.get("/workspace")
@requires("settings.view")
@blueprint.response(200, Workspace)
def read() -> WorkspaceRow:
    """Read the workspace's settings."""
    return workspace.get()


@blueprint.patch("/workspace")
@requires("settings.edit")
@blueprint.arguments(WorkspaceChange)
@blueprint.response(200, Workspace)
def change(changes: WorkspaceChanges) -> WorkspaceRow:
    """Change the workspace's settings."""
    return workspace.update(changes)


@blueprint.get("/workspace/mail")
@requires("settings.edit")
@blueprint.response(200, MailServer)
def read_mail_server() -> dict[str, Any]:
    """Read the mail server's settings."""
    return mail.settings()


@blueprint.put("/workspace/mail")
@requires("settings.edit")
@blueprint.arguments(MailServerChange)
@blueprint.response(200, MailServer)
def change_mail_server(new: dict[str, Any]) -> dict[str, Any]:
    """Use another mail server, or none."""
    password = new.pop("password", None)
    return mail.configure(new, password)  # type: ignore[arg-type] # the form has just these keys


@blueprint.post("/workspace/mail/test")
@requires("settings.edit")
@blueprint.arguments(TestMail)
@blueprint.response(204)
def send_test_mail(wanted: dict[str, str]) -> None:
    """Send a test mail now."""
    mail.send_test(wanted["to"])


@blueprint.get("/sent-mail")
@requires("settings.edit")
@blueprint.arguments(PageArguments, location="query")
@blueprint.response(200, page_of(SentMail))
def sent_mail(arguments: dict[str, Any]) -> Page[MailEntry]:
    """List the mail that was sent or kept."""
    return mail.sent(paging(arguments))
