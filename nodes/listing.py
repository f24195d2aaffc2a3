"""What the two list actions share."""

from nodes.catalog import Catalog
from nodes.contract import Step
from nodes.effects import AddToList, RemoveFromList
from nodes.fields import ListId
from nodes.problems import unknown_list
from nodes.texts import Text


def list_field() -> ListId:
    """Return the field that names the list."""
    return ListId(Text("List", "Liste", "Список"))


def list_name(list_id: int, catalog: Catalog) -> str:
    """Return the name of a list, or its number when it is gone."""
    return catalog.lists.get(list_id, f"#{list_id}")


def emit_for_list(step: Step, effect: type[AddToList | RemoveFromList]) -> None:
    """Let the effect happen to everyone in the step; they fail where the list is gone."""
    list_id = step.config["list"]
    for run in step:
        if list_id in step.world.catalog.lists:
            step.emit(run, effect(run.contact.id, list_id))
            step.go(run)
        else:
            step.fail(run, unknown_list("list", list_id).message)
