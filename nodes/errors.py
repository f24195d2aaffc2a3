"""What can go wrong inside a step."""

from nodes.texts import Text, same


class NodeError(Exception):
    """Base of every error raised by the node layer."""


class UnknownNodeType(NodeError):
    """A document names a node type that is not installed."""

    def __init__(self, key: str) -> None:
        super().__init__(f"There is no node type “{key}”.")
        self.key = key


class NotAccounted(NodeError):
    """A node left a contact without a way on, or gave it two."""


class ConditionError(NodeError):
    """A condition is not written in the condition language; `path` says where.

    The message asks for what is right. What only a program can write wrong is told in English alone.
    """

    def __init__(self, path: str, message: Text | str) -> None:
        self.path = path
        self.message = same(message) if isinstance(message, str) else message
        super().__init__(f"{path or 'condition'}: {self.message.en}")


class Unchosen(ConditionError):
    """A comparison does not say yet which list, tag or topic it is about."""
