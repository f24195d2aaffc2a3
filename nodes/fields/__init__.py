"""Fields of a step's form: one declaration for the inspector, validation and the engine."""

from nodes.fields.attribute_values import AttributeValues
from nodes.fields.base import Config, Context, FormField, TemplateCheck
from nodes.fields.branches import Branch, Branches, ControlShare, Shares
from nodes.fields.filters import ConditionField
from nodes.fields.form import NodeSchema, any_template
from nodes.fields.payload import PayloadMap, PayloadMapping
from nodes.fields.people import One, RoleName, UserEmail, UserEmails, is_active
from nodes.fields.plain import (
    Choice,
    Day,
    EmailAddress,
    EventName,
    Line,
    Number,
    PageCategory,
    Percentage,
    RelativeDay,
    Span,
    Switch,
    TimeOfDay,
    Url,
    Weekdays,
    Whole,
)
from nodes.fields.references import (
    AttributeName,
    AttributeValue,
    AutomationId,
    ListId,
    PipelineId,
    SegmentId,
    SenderId,
    StageId,
    TagName,
    TemplateId,
)
from nodes.fields.sms import SmsSender, SmsText
from nodes.fields.templates import HeaderLines, JsonTemplate, TemplateText
from nodes.fields.topics import TopicId

__all__ = [
    "AttributeName",
    "AttributeValue",
    "AttributeValues",
    "AutomationId",
    "Branch",
    "Branches",
    "Choice",
    "ConditionField",
    "Config",
    "Context",
    "ControlShare",
    "Day",
    "EmailAddress",
    "EventName",
    "FormField",
    "HeaderLines",
    "JsonTemplate",
    "Line",
    "ListId",
    "NodeSchema",
    "Number",
    "One",
    "PageCategory",
    "PayloadMap",
    "PayloadMapping",
    "Percentage",
    "PipelineId",
    "RelativeDay",
    "RoleName",
    "SegmentId",
    "SenderId",
    "Shares",
    "SmsSender",
    "SmsText",
    "Span",
    "StageId",
    "Switch",
    "TagName",
    "TemplateCheck",
    "TemplateId",
    "TemplateText",
    "TimeOfDay",
    "TopicId",
    "Url",
    "UserEmail",
    "UserEmails",
    "Weekdays",
    "Whole",
    "any_template",
    "is_active",
]
