"""What people do before every story."""

from playwright.sync_api import Page

from tests.support.instance import Instance

PASSWORD = "a long enough passphrase"


def sign_in(page: Page, site: Instance, email: str, role: str) -> None:
    """Make the user if need be, and sign in by the form."""
    site.command("user", "create", "--email", email, "--role", role, "--password-stdin", text=PASSWORD)
    page.goto("/")
    page.get_by_label("Email").fill(email)
    page.get_by_label("Password").first.fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda url: "sign-in" not in url)
