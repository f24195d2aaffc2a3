"""What can go wrong inside a step."""


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
    """A condition is not written in the condition language; `path` says where."""

    def __init__(self, path: str, message: str) -> None:
        super().__init__(f"{path or 'condition'}: {message}")
        self.path = path
        self.message = message
