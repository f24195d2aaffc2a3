"""What reps work with, for tests."""

from app.services import deals, pipelines
from app.services.deals import DealView
from app.services.pipelines import PipelineView


def make_pipeline(name: str = "Partners", stages: tuple[str, ...] = ("New", "Signed")) -> PipelineView:
    """A pipeline with these stages."""
    return pipelines.create(name, [{"name": stage} for stage in stages])


def make_deal(name: str = "A deal", *contacts: int, amount: float | None = None) -> DealView:
    """A deal at the first stage of the default pipeline."""
    return deals.create({"name": name, "amount": amount, "contact_ids": list(contacts)})
