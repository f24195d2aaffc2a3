"""Reports about mail, as mail servers and providers write them."""

from email import policy
from email.message import EmailMessage

_FRAME = "\r\n".join


def undelivered(letter: EmailMessage, status: str, said: str, action: str = "failed") -> bytes:
    """A report as Postfix writes it (RFC 3464): words, the status, the headers of what came back."""
    return _report(
        "report-type=delivery-status",
        [
            "Content-Type: message/delivery-status",
            "",
            "Reporting-MTA: dns; mx.example.net",
            "Arrival-Date: Sun, 22 Nov 2026 10:00:00 +0000",
            "",
            f"Final-Recipient: rfc822; {letter['To']}",
            f"Action: {action}",
            f"Status: {status}",
            f"Diagnostic-Code: smtp; {said}",
            "",
        ],
        ["Content-Type: text/rfc822-headers", "", _headers(letter)],
    )


def complaint(letter: EmailMessage, kind: str = "abuse") -> bytes:
    """A report as mail providers write it (RFC 5965), with what was complained of."""
    return _report(
        "report-type=feedback-report",
        [
            "Content-Type: message/feedback-report",
            "",
            f"Feedback-Type: {kind}",
            "User-Agent: ExampleProvider/1.0",
            "Version: 1",
            "",
        ],
        ["Content-Type: message/rfc822", "", letter.as_bytes(policy=policy.SMTP).decode()],
    )


def displayed(letter: EmailMessage) -> bytes:
    """A receipt as mail programs send it when somebody opens what asked for one (RFC 8098)."""
    return _report(
        "report-type=disposition-notification",
        [
            "Content-Type: message/disposition-notification",
            "",
            f"Final-Recipient: rfc822; {letter['To']}",
            f"Original-Message-ID: {letter['Message-ID']}",
            "Disposition: manual-action/MDN-sent-manually; displayed",
            "",
        ],
        ["Content-Type: text/rfc822-headers", "", _headers(letter)],
    )


def answer(letter: EmailMessage, said: str = "Yes, please call me.", **headers: str) -> bytes:
    """What somebody writes back; with other headers if given, `_` for `-`."""
    written = EmailMessage()
    written["From"], written["To"] = letter["To"], letter["From"]
    written["Subject"], written["In-Reply-To"] = f"Re: {letter['Subject']}", letter["Message-ID"]
    for name, value in headers.items():
        written[name.replace("_", "-")] = value
    written.set_content(said)
    return written.as_bytes(policy=policy.SMTP)


def _headers(letter: EmailMessage) -> str:
    return _FRAME(
        f"{name}: {value}" for name, value in letter.items() if name in {"From", "To", "Subject", "Message-ID"}
    )


def _report(kind: str, report: list[str], original: list[str]) -> bytes:
    words = ["Content-Type: text/plain; charset=utf-8", "", "I am sorry to have to inform you.", ""]
    head = ["From: MAILER-DAEMON@example.net", "To: alerts@example.com", "Subject: Report", "MIME-Version: 1.0"]
    head.append(f'Content-Type: multipart/report; {kind}; boundary="=_b"')
    parts = [line for part in (words, report, original) for line in ("--=_b", *part)]
    return _FRAME([*head, "", *parts, "--=_b--", ""]).encode()
