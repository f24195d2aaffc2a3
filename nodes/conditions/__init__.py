"""The condition language: one notation for filters, splits, segments and exits.

Written as JSON, `{"all": […]}`, `{"any": […]}`, `{"not": …}` over comparisons such as
`{"attribute": "SCORE", "op": "gte", "value": 20}`. This package reads it over snapshots; the SQL reading of the same
language stands in `app.adapters.conditions_sql`, and a property test holds the two equal.
"""

from nodes.conditions.checking import Scope, check
from nodes.conditions.contradictions import contradicts
from nodes.conditions.judging import Judge, PreparedCondition, Verdict, compile_condition, prepare_condition, reads
from nodes.conditions.model import All, AnyOf, Comparison, Condition, EventField, Leaf, Not
from nodes.conditions.operators import NEGATIONS, OPERATORS, Operand, Operator
from nodes.conditions.parsing import attributes_in, dump, parse
from nodes.conditions.words import STATUS_LABELS, describe, explain, say_value

__all__ = [
    "NEGATIONS",
    "OPERATORS",
    "STATUS_LABELS",
    "All",
    "AnyOf",
    "Comparison",
    "Condition",
    "EventField",
    "Judge",
    "Leaf",
    "Not",
    "Operand",
    "Operator",
    "PreparedCondition",
    "Scope",
    "Verdict",
    "attributes_in",
    "check",
    "compile_condition",
    "contradicts",
    "describe",
    "dump",
    "explain",
    "parse",
    "prepare_condition",
    "reads",
    "say_value",
]
