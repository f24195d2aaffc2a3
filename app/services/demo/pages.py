"""The pages of the demo world's website, and which are about what."""

from collections.abc import Sequence
from typing import Any, Final, NamedTuple

from app.services.web.categories import Rule, Rules
from app.services.web.visits import VISITED

DOMAIN: Final = "www.example.com"
ADDRESS: Final = f"https://{DOMAIN}"
RULES: Final[Sequence[Rule]] = (
    {"by": "path", "value": "/pricing", "category": "Pricing"},
    {"by": "path", "value": "/features", "category": "Product"},
    {"by": "path", "value": "/blog", "category": "Blog"},
    {"by": "path", "value": "/customers", "category": "Customer stories"},
    {"by": "path", "value": "/docs", "category": "Documentation"},
)


class Page(NamedTuple):
    """A page; `weight`: how often it is visited beside the others."""

    path: str
    title: str
    weight: int

    @property
    def address(self) -> str:
        """The whole address."""
        return ADDRESS + self.path

    def view(self) -> dict[str, Any]:
        """Return what a visit of it says, as it is kept."""
        return dict(_rules.put_into(VISITED, {"page": self.address, "title": f"{self.title} – Northlight"}))


_rules: Final = Rules(RULES)
PAGES: Final = (
    Page("/", "Welcome", 30),
    Page("/pricing", "Pricing", 17),
    Page("/features", "Features", 20),
    Page("/blog/lead-scoring", "Lead scoring without a data team", 11),
    Page("/blog/re-entry", "When contacts may come back", 8),
    Page("/customers", "What customers say", 9),
    Page("/docs/start", "First steps", 12),
)
