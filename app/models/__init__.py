"""The tables, one file an aggregate. No verbs here."""

from app.models.automation import (
    END,
    Automation,
    AutomationState,
    AutomationVersion,
    Enrollment,
    EnrollmentState,
    HeldTimer,
    NodeStat,
    PendingEntry,
    Refusal,
    Rotation,
    Timer,
    Visit,
)
from app.models.base import Base
from app.models.comment import Comment
from app.models.contact import (
    Assignment,
    Attribute,
    Company,
    Contact,
    ContactList,
    ContactTag,
    Folder,
    ListMember,
    Segment,
    Tag,
)
from app.models.entry import BulkEntry, BulkEntryPart
from app.models.event import PARTITIONS, DeadLetter, ErasedContact, Event, EventKey, EventType, InboxItem
from app.models.hook import CallResult, Hook, HookCall
from app.models.message import DeliveryState, MessageLedger, Notification, Outbox, RoomCheck, SendCount
from app.models.move import VersionMove, VersionMovePart
from app.models.sales import Deal, DealContact, DealStatus, Note, Pipeline, Stage, Task
from app.models.scenario import Scenario
from app.models.user import ApiKey, Role, User, user_role
from app.models.watch import Watch, WatchMember
from app.models.workspace import AuditEntry, Process, ProcessError, Workspace

__all__ = [
    "END",
    "PARTITIONS",
    "ApiKey",
    "Assignment",
    "Attribute",
    "AuditEntry",
    "Automation",
    "AutomationState",
    "AutomationVersion",
    "Base",
    "BulkEntry",
    "BulkEntryPart",
    "CallResult",
    "Comment",
    "Company",
    "Contact",
    "ContactList",
    "ContactTag",
    "DeadLetter",
    "Deal",
    "DealContact",
    "DealStatus",
    "DeliveryState",
    "Enrollment",
    "EnrollmentState",
    "ErasedContact",
    "Event",
    "EventKey",
    "EventType",
    "Folder",
    "HeldTimer",
    "Hook",
    "HookCall",
    "InboxItem",
    "ListMember",
    "MessageLedger",
    "NodeStat",
    "Note",
    "Notification",
    "Outbox",
    "PendingEntry",
    "Pipeline",
    "Process",
    "ProcessError",
    "Refusal",
    "Role",
    "RoomCheck",
    "Rotation",
    "Scenario",
    "Segment",
    "SendCount",
    "Stage",
    "Tag",
    "Task",
    "Timer",
    "User",
    "VersionMove",
    "VersionMovePart",
    "Visit",
    "Watch",
    "WatchMember",
    "Workspace",
    "user_role",
]
