import type { ComponentType } from "react";

import type { ControlProps } from "@/nodes/form/types";

import { AttributeControl, AttributeValueControl, AttributeValuesControl } from "./attributes";
import { BranchesControl } from "./BranchesControl";
import { ConditionControl } from "./ConditionControl";
import { PayloadControl } from "./payload/PayloadControl";
import {
  DateControl,
  LongTextControl,
  NumberControl,
  PercentageControl,
  RadioControl,
  SelectControl,
  SwitchControl,
  TextControl,
  UrlControl,
} from "./plain";
import {
  AutomationControl,
  EventNameControl,
  ListControl,
  PageCategoryControl,
  PipelineControl,
  RoleControl,
  SegmentControl,
  SenderControl,
  StageControl,
  TagControl,
  TopicControl,
  UserControl,
  UsersControl,
} from "./references";
import { SmsTextControl } from "./SmsTextControl";
import { TemplateControl } from "./TemplateControl";
import { TemplateTextControl } from "./TemplateTextControl";
import { DurationControl, RelativeDateControl, TimeOfDayControl, WeekdaysControl } from "./time";

type Control = ComponentType<ControlProps>;

/** Every widget that a node type may name. */
const controls: Readonly<Record<string, Control>> = {
  attribute: AttributeControl,
  attribute_value: AttributeValueControl,
  attribute_values: AttributeValuesControl,
  automation: AutomationControl,
  branches: BranchesControl,
  condition: ConditionControl,
  date: DateControl,
  duration: DurationControl,
  event_name: EventNameControl,
  list: ListControl,
  number: NumberControl,
  page_category: PageCategoryControl,
  payload_mapping: PayloadControl,
  percentage: PercentageControl,
  pipeline: PipelineControl,
  radio: RadioControl,
  relative_date: RelativeDateControl,
  role: RoleControl,
  segment: SegmentControl,
  select: SelectControl,
  sender: SenderControl,
  sms_text: SmsTextControl,
  stage: StageControl,
  switch: SwitchControl,
  tag: TagControl,
  template: TemplateControl,
  template_text: TemplateTextControl,
  text: TextControl,
  textarea: LongTextControl,
  time_of_day: TimeOfDayControl,
  topic: TopicControl,
  url: UrlControl,
  user: UserControl,
  users: UsersControl,
  weekdays: WeekdaysControl,
};

const byType: Readonly<Record<string, Control>> = {
  boolean: SwitchControl,
  integer: NumberControl,
  number: NumberControl,
};

/** The control for a widget; for one unknown here, what fits the value's type. */
export function controlFor(widget: string | undefined, type: unknown): Control {
  return controls[widget ?? ""] ?? byType[typeof type === "string" ? type : ""] ?? TextControl;
}
