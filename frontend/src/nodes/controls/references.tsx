import { Autocomplete, MultiSelect, Select, type SelectProps } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { sells } from "@/api/roles";
import { asObject, listOf } from "@/flow/json";
import { useFormScope } from "@/nodes/form/scope";
import { isMet } from "@/nodes/form/shape";
import type { ControlProps } from "@/nodes/form/types";
import { useUserOptions } from "@/ui/fields/useUserOptions";

import { type Choice, inputProps, textOf, withChosen } from "./common";
import { EventNameInput } from "./EventNameInput";

export function UserControl(props: ControlProps) {
  const { data, ...options } = useUserOptions(useFormScope().vocabulary.users, ({ email }) => email);
  return <ReferenceSelect {...props} choices={data} {...options} />;
}

export function UsersControl(props: ControlProps) {
  const { t } = useTranslation("editor");
  const { vocabulary, config, fields } = useFormScope();
  const { users } = vocabulary;
  const [opened, setOpened] = useState(false);
  const chosen = listOf(props.value).map(String);
  const one = asObject(props.options["one"]);
  const single = "when" in one && isMet(asObject(one["when"]), fields, config);
  const offered = (user: (typeof users)[number]) =>
    props.options["sellers"] !== true || sells(user) || chosen.includes(user.email);
  const { data, ...options } = useUserOptions(users.filter(offered), ({ email }) => email);
  return (
    <MultiSelect
      {...inputProps(single ? { ...props, label: textOf(one["title"]) } : props)}
      {...options}
      data={withChosen(data, chosen, (name) => t("control.gone", { name }))}
      value={chosen}
      onChange={(emails) => {
        props.onChange(emails.length > 0 ? emails.slice(single ? -1 : 0) : undefined);
        // Where one is enough, there is nothing more to choose.
        if (single) setOpened(false);
      }}
      dropdownOpened={opened}
      onDropdownOpen={() => setOpened(true)}
      onDropdownClose={() => setOpened(false)}
      placeholder={chosen.length > 0 ? "" : t(single ? "control.choose_person" : "control.choose_people")}
      searchable
      hidePickedOptions
    />
  );
}

export function RoleControl(props: ControlProps) {
  const { t } = useTranslation("common");
  const { roles } = useFormScope().vocabulary;
  return <ReferenceSelect {...props} choices={roles.map((role) => ({ value: role, label: t(`role.${role}`, role) }))} />;
}

export function ListControl(props: ControlProps) {
  return <IdSelect {...props} items={useFormScope().vocabulary.lists} />;
}

export function AutomationControl(props: ControlProps) {
  return <IdSelect {...props} items={useFormScope().vocabulary.automations} />;
}

export function SegmentControl(props: ControlProps) {
  return <IdSelect {...props} items={useFormScope().vocabulary.segments} />;
}

export function SenderControl(props: ControlProps) {
  return <IdSelect {...props} items={useFormScope().vocabulary.senders} />;
}

/** Topics of the channel that the field is about; one of another stays in sight, so that it can be seen and changed. */
export function TopicControl(props: ControlProps) {
  const { consent_topics } = useFormScope().vocabulary;
  const channel = props.options["channel"];
  return <IdSelect {...props} items={consent_topics.filter((each) => !channel || each.channel === channel)} />;
}

export function PipelineControl(props: ControlProps) {
  return <IdSelect {...props} items={useFormScope().vocabulary.pipelines} />;
}

/** Stages of the pipeline that the field `of` names, else of the default one. */
export function StageControl(props: ControlProps) {
  const { vocabulary, config } = useFormScope();
  const of = config[textOf(props.options["of"] ?? props.options["pipeline"])];
  const pipeline = vocabulary.pipelines.find((each) => each.id === of);
  const fallback = vocabulary.pipelines.find((each) => "default" in each && each.default === true);
  return <IdSelect {...props} items={(pipeline ?? fallback ?? vocabulary.pipelines[0])?.stages ?? []} />;
}

export function TagControl(props: ControlProps) {
  const { t } = useTranslation("editor");
  return (
    <Autocomplete
      {...inputProps(props)}
      data={useFormScope().vocabulary.tags}
      placeholder={t("control.choose_tag")}
      value={textOf(props.value)}
      onChange={(tag) => props.onChange(tag || undefined)}
    />
  );
}

export function PageCategoryControl(props: ControlProps) {
  const { t } = useTranslation("editor");
  return (
    <Autocomplete
      {...inputProps(props)}
      data={useFormScope().vocabulary.page_categories}
      placeholder={t("control.choose_category")}
      value={textOf(props.value)}
      onChange={(category) => props.onChange(category || undefined)}
    />
  );
}

export function EventNameControl(props: ControlProps) {
  const { t } = useTranslation("editor");
  return (
    <EventNameInput
      {...inputProps(props)}
      placeholder={t("control.choose_event")}
      value={textOf(props.value)}
      onChange={(name) => props.onChange(name || undefined)}
    />
  );
}

/** Chooses one of `items` by its id. */
export function IdSelect({ items, ...props }: ControlProps & { items: { id: number; name: string }[] }) {
  const choices = items.map(({ id, name }) => ({ value: String(id), label: name }));
  return (
    <ReferenceSelect
      {...props}
      choices={choices}
      value={typeof props.value === "number" ? String(props.value) : undefined}
      onChange={(id) => props.onChange(typeof id === "string" ? Number(id) : undefined)}
    />
  );
}

interface ReferenceSelectProps extends ControlProps, Pick<SelectProps, "renderOption" | "filter"> {
  choices: Choice[];
}

function ReferenceSelect({ choices, renderOption, filter, ...props }: ReferenceSelectProps) {
  const { t } = useTranslation("editor");
  const chosen = textOf(props.value);
  return (
    <Select
      {...inputProps(props)}
      data={withChosen(choices, chosen ? [chosen] : [], (name) => t("control.gone", { name }))}
      value={chosen || null}
      onChange={(value) => props.onChange(value ?? undefined)}
      placeholder={t("control.choose")}
      nothingFoundMessage={t("picker.nothing")}
      {...(renderOption && { renderOption })}
      {...(filter && { filter })}
      searchable
      clearable={!props.required}
    />
  );
}
