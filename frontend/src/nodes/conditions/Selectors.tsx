import { ActionIcon, Button, Select, Switch } from "@mantine/core";
import { IconFolderPlus, IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type {
  ActionProps,
  CombinatorSelectorProps,
  FieldSelectorProps,
  NotToggleProps,
  OperatorSelectorProps,
} from "react-querybuilder";

import { NOT_CHOSEN } from "./convert";
import { useBuilder } from "./context";
import classes from "./conditions.module.css";

interface Choice {
  name: string;
  label: string;
}
type Choices = readonly (Choice | { label: string; options: readonly Choice[] })[];

function comboboxData(options: Choices) {
  return options
    .map((option) =>
      "options" in option
        ? { group: option.label, items: option.options.filter(isReal).map(toItem) }
        : { ...toItem(option), real: isReal(option) },
    )
    .filter((option) => ("items" in option ? option.items.length > 0 : option.real));
}

const isReal = ({ name }: Choice): boolean => name !== NOT_CHOSEN;
const toItem = ({ name, label }: Choice) => ({ value: name, label });

export function SubjectSelector({ options, value, handleOnChange, disabled = false }: FieldSelectorProps) {
  const { t } = useTranslation("editor");
  const { subjectOf } = useBuilder();
  const missing = value !== undefined && subjectOf(value)?.missing === true;
  return (
    <Select
      className={classes.subject ?? ""}
      aria-label={t("condition.subject")}
      data-subject
      placeholder={t("condition.choose_subject")}
      data={comboboxData(options)}
      value={value === undefined || value === NOT_CHOSEN ? null : value}
      onChange={(field) => field !== null && handleOnChange(field)}
      error={missing}
      searchable
      selectFirstOptionOnChange
      nothingFoundMessage={t("picker.nothing")}
      disabled={disabled}
      size="xs"
      maxDropdownHeight={320}
    />
  );
}

export function OperatorSelector({ options, value, handleOnChange, disabled = false, field }: OperatorSelectorProps) {
  const { t } = useTranslation("editor");
  if (field === NOT_CHOSEN || field === "unknown") return null;
  return (
    <Select
      className={classes.operator ?? ""}
      aria-label={t("condition.operator")}
      data={comboboxData(options)}
      value={value ?? null}
      onChange={(operator) => operator !== null && handleOnChange(operator)}
      allowDeselect={false}
      disabled={disabled}
      size="xs"
    />
  );
}

export function JoinSelector({ value, handleOnChange, disabled = false, rules }: CombinatorSelectorProps) {
  const { t } = useTranslation("editor");
  if (rules.length < 2) return null;
  return (
    <Select
      className={classes.join ?? ""}
      aria-label={t("condition.join")}
      data={[
        { value: "and", label: t("condition.all") },
        { value: "or", label: t("condition.any") },
      ]}
      value={value ?? "and"}
      onChange={(combinator) => combinator !== null && handleOnChange(combinator)}
      allowDeselect={false}
      disabled={disabled}
      size="xs"
    />
  );
}

export function NotSwitch({ checked = false, handleOnChange, disabled = false, ruleGroup }: NotToggleProps) {
  const { t } = useTranslation("editor");
  // One comparison has its opposite among its own operators.
  if (ruleGroup.rules.length < 2 && !checked) return null;
  return (
    <Switch
      size="xs"
      label={t("condition.not")}
      checked={checked}
      onChange={(event) => handleOnChange(event.currentTarget.checked)}
      disabled={disabled}
    />
  );
}

/** What shall be compared is the next thing to say. */
function goToLastSubject(group: Element | null): void {
  requestAnimationFrame(() => [...(group?.querySelectorAll<HTMLElement>("[data-subject]") ?? [])].at(-1)?.focus());
}

export function AddRuleButton({ handleOnClick, disabled = false }: ActionProps) {
  const { t } = useTranslation("editor");
  return (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={<IconPlus size={14} />}
      onClick={(event) => {
        handleOnClick(event);
        goToLastSubject(event.currentTarget.closest(".ruleGroup"));
      }}
      disabled={disabled}
    >
      {t("condition.add")}
    </Button>
  );
}

export function AddGroupButton({ handleOnClick, disabled = false, ruleOrGroup, level }: ActionProps) {
  const { t } = useTranslation("editor");
  if (!("rules" in ruleOrGroup) || ruleOrGroup.rules.length === 0 || level > 9) return null;
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      leftSection={<IconFolderPlus size={14} />}
      onClick={(event) => handleOnClick(event)}
      disabled={disabled}
    >
      {t("condition.add_group")}
    </Button>
  );
}

function RemoveButton({ handleOnClick, disabled = false, name }: ActionProps & { name: string }) {
  return (
    <ActionIcon
      className={classes.remove ?? ""}
      variant="subtle"
      color="gray"
      aria-label={name}
      onClick={(event) => handleOnClick(event)}
      disabled={disabled}
    >
      <IconTrash size={16} />
    </ActionIcon>
  );
}

export function RemoveRuleButton(props: ActionProps) {
  const { t } = useTranslation("editor");
  return <RemoveButton {...props} name={t("condition.remove")} />;
}

export function RemoveGroupButton(props: ActionProps) {
  const { t } = useTranslation("editor");
  return <RemoveButton {...props} name={t("condition.remove_group")} />;
}
