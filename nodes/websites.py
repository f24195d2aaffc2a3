"""Which addresses are pages of a website that is watched."""

from collections.abc import Sequence
from urllib.parse import urlsplit


def allows(domains: Sequence[str], origin: str) -> bool:
    """Tell whether a page of this origin may send: its host is one of the domains, or below one."""
    try:
        parts = urlsplit(origin)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    named = {host, f"{host}:{port}"}
    return parts.scheme in {"http", "https"} and any(
        each in named or (":" not in each and host.endswith(f".{each}")) for each in domains
    )
