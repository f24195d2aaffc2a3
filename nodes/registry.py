"""Which node types there are: every module under `triggers/`, `rules/` and `actions/` defines one."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from inspect import getmembers, isabstract, isclass
from types import MappingProxyType, ModuleType
from typing import Final, NamedTuple

from nodes import actions, rules, triggers
from nodes.channels import Channel
from nodes.contract import Node, Walkable
from nodes.errors import NodeError

FOLDERS: Final = {"trigger": triggers, "rule": rules, "action": actions}


class BadNodeModule(NodeError):
    """A module under one of the three folders does not define exactly the node type its name promises."""


class Discovery(NamedTuple):
    """The node types by key, and those left out (by module name) with the reason."""

    nodes: Mapping[str, Node]
    disabled: Mapping[str, str]


def registry() -> Mapping[str, Node]:
    """Return every node type that can be used, by key."""
    return discovery().nodes


def channels() -> Mapping[str, Channel]:
    """Return the channels that node types declare, by key."""
    declared = (node.channel for node in registry().values() if isinstance(node, Walkable))
    return {channel.key: channel for channel in declared if channel}


@cache
def discovery() -> Discovery:
    """Walk the three folders, once."""
    return discover(FOLDERS)


def discover(folders: Mapping[str, ModuleType]) -> Discovery:
    """Load every node type of the packages given by kind.

    A module that needs a library which is not installed is left out with the reason; any other fault raises.
    """
    nodes: dict[str, Node] = {}
    disabled: dict[str, str] = {}
    for kind, package in folders.items():
        for name in _modules(package.__path__):
            try:
                module = importlib.import_module(f"{package.__name__}.{name}")
            except ModuleNotFoundError as error:
                if _is_ours(error.name or "", package.__name__):
                    raise
                disabled[name] = f"The library “{error.name}” is not installed."
                continue
            node = _node_of(module, name, kind)
            if node.key in nodes:
                raise BadNodeModule(f"Two node types have the key “{node.key}”.")
            nodes[node.key] = node
    return Discovery(MappingProxyType(nodes), MappingProxyType(disabled))


def _modules(path: Sequence[str]) -> Iterator[str]:
    return (module.name for module in pkgutil.iter_modules(path) if not module.name.startswith("_"))


def _is_ours(missing: str, package: str) -> bool:
    return missing.partition(".")[0] in {"nodes", package.partition(".")[0]}


def _node_of(module: ModuleType, name: str, kind: str) -> Node:
    defined = [
        each
        for _, each in getmembers(module, isclass)
        if issubclass(each, Node) and not isabstract(each) and each.__module__ == module.__name__
    ]
    if len(defined) != 1:
        raise BadNodeModule(f"{module.__name__} must define exactly one node type; it defines {len(defined)}.")
    node: Node = defined[0]()
    if node.key != name or node.kind != kind:
        raise BadNodeModule(f"{module.__name__} must define the {kind} “{name}”, not the {node.kind} “{node.key}”.")
    return node
