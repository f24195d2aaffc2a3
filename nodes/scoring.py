"""Adding to a number of the contact: what every way of scoring comes down to."""

from typing import Final

from nodes.contract import Step
from nodes.effects import SetAttribute
from nodes.texts import Text

BIGGEST: Final = 1e300

_NOT_A_NUMBER = Text(
    "{attribute} holds “{value}”, which is not a number.",
    "{attribute} contient « {value} », qui n’est pas un nombre.",
    "В {attribute} записано «{value}» — это не число.",
)
_TOO_BIG = Text("{attribute} would grow too big.", "{attribute} deviendrait trop grand.", "{attribute} слишком велико.")


def add(step: Step, attribute: str, amount: float) -> None:
    """Add `amount` to the attribute of every contact in the step and let them go on. No value counts as 0."""
    for run in step:
        value = run.contact.attributes.get(attribute)
        number = 0.0 if value is None else value
        if isinstance(number, bool) or not isinstance(number, int | float):
            step.fail(run, _NOT_A_NUMBER.format(attribute=attribute, value=value))
        elif abs(number + amount) > BIGGEST:
            step.fail(run, _TOO_BIG.format(attribute=attribute))
        else:
            step.emit(run, SetAttribute(run.contact.id, attribute, number + amount))
            step.go(run)
