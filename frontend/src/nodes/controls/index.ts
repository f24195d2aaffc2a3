import type { ComponentType } from "react";

import type { ControlProps } from "@/nodes/form/types";

import { AttributeControl, AttributeValueControl } from "./attributes";
import { ConditionControl } from "./ConditionControl";
import {
  DateControl,
  LongTextControl,
  NumberControl,
  RadioControl,
  SelectControl,
  SwitchControl,
  TextControl,
  UrlControl,
} from "./plain";
import {
  EventNameControl,
  ListControl,
  PipelineControl,
  RoleControl,
  StageControl,
  TagControl,
  UserControl,
  UsersControl,
} from "./references";
import { SharesControl } from "./SharesControl";
import { TemplateTextControl } from "./TemplateTextControl";
import { DurationControl, RelativeDateControl, TimeOfDayControl } from "./time";

type Control = ComponentType<ControlProps>;

/** Every widget that a node type may name. */
const controls: Readonly<Record<string, Control>> = {
  attribute: AttributeControl,
  attribute_value: AttributeValueControl,
  condition: ConditionControl,
  date: DateControl,
  duration: DurationControl,
  event_name: EventNameControl,
  list: ListControl,
  number: NumberControl,
  pipeline: PipelineControl,
  radio: RadioControl,
  relative_date: RelativeDateControl,
  role: RoleControl,
  select: SelectControl,
  shares: SharesControl,
  stage: StageControl,
  switch: SwitchControl,
  tag: TagControl,
  template_text: TemplateTextControl,
  text: TextControl,
  textarea: LongTextControl,
  time_of_day: TimeOfDayControl,
  url: UrlControl,
  user: UserControl,
  users: UsersControl,
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
