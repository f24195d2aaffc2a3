"""Every test of mail has a mail server, and addresses that begin the same."""

import pytest
from flask import Flask

from app.adapters import mail_links
from tests.support.mailbox import Mailbox


@pytest.fixture(autouse=True)
def _links(app: Flask, mailbox: Mailbox, reachable_loopback: None) -> None:
    mail_links.configure("https://cadenza.example.com")
