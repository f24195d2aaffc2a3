import { ActionIcon, Group, TextInput } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconTrash } from "@tabler/icons-react";
import { createElement, type ReactNode, type Ref, useContext, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { Json, JsonObject } from "@/flow/document";
import { asObject } from "@/flow/json";
import { FaultsContext } from "@/nodes/form/faults";
import { useFormScope } from "@/nodes/form/scope";
import { isPartShown } from "@/nodes/form/shape";
import type { ControlProps } from "@/nodes/form/types";

import { textOf } from "./common";
import classes from "./controls.module.css";

interface BranchCardProps {
  path: string;
  branch: JsonObject;
  place: readonly [index: number, count: number];
  /** The list it belongs to. */
  field: ControlProps;
  /** The part that stands beside the name. */
  inline: string | undefined;
  fresh: boolean;
  onPart: (part: string, value: Json | undefined) => void;
  onMove: (to: number) => void;
  onRemove: (() => void) | undefined;
}

/** One branch of a list: its name, its place, and its parts. */
export function BranchCard(props: BranchCardProps) {
  const { path, branch, place, field, inline, fresh, onPart } = props;
  const { t } = useTranslation("editor");
  const { fields, config } = useFormScope();
  const faults = useContext(FaultsContext);
  const [index] = place;
  const parts = asObject(field.options["parts"]);
  const shown = Object.keys(parts).filter(
    (part) => part !== "name" && part !== inline && isPartShown(asObject(parts[part]), fields, config),
  );
  const name = textOf(branch["name"]);
  return (
    <div role="group" aria-label={t("control.branch", { name: name || index + 1 })} className={classes["branch"]}>
      <Group gap={6} wrap="nowrap" align="flex-start">
        <TextInput
          flex={1}
          miw={0}
          aria-label={t("control.branch_name", { number: index + 1 })}
          value={name}
          onChange={(event) => onPart("name", event.currentTarget.value || undefined)}
          error={faults[`${path}.name`]}
          disabled={field.disabled}
          maxLength={60}
          autoFocus={fresh}
          onFocus={(event) => fresh && event.currentTarget.select()}
        />
        {inline !== undefined && (
          <div className={classes["share"]}>
            <Part {...props} part={inline} bare />
          </div>
        )}
        {!field.disabled && <Verbs {...props} name={name} />}
      </Group>
      {shown.map((part) => (
        <Part key={part} {...props} part={part} />
      ))}
    </div>
  );
}

/** A part, drawn by its own control; `bare` leaves its title to screen readers. */
function Part({ path, branch, field, onPart, part, bare = false }: BranchCardProps & { part: string; bare?: boolean }) {
  const { controlFor } = useFormScope();
  const faults = useContext(FaultsContext);
  const schema = asObject(asObject(asObject(field.schema["items"])["properties"])[part]);
  const ui = asObject(asObject(field.options["parts"])[part]);
  const title = textOf(schema["title"]);
  const drawn = createElement(controlFor(textOf(ui["ui:widget"]), schema["type"]), {
    id: `${field.id}_${textOf(branch["id"])}_${part}`,
    name: `${path}.${part}`,
    label: title,
    description: textOf(schema["description"]) || undefined,
    required: !bare,
    disabled: field.disabled,
    error: faults[`${path}.${part}`],
    value: branch[part],
    onChange: (value) => onPart(part, value),
    options: asObject(ui["ui:options"]),
    schema,
  });
  return bare ? <div className={classes["bare"]}>{drawn}</div> : drawn;
}

function Verbs({ place, onMove, onRemove, name }: BranchCardProps & { name: string }) {
  const { t } = useTranslation("editor");
  const [up, down] = [useRef<HTMLButtonElement>(null), useRef<HTMLButtonElement>(null)];
  const [index, count] = place;
  const move = (to: number, by: typeof up, other: typeof up) => {
    onMove(to);
    // The browser drops the focus of what moves; and at an end, its button can no longer have it.
    requestAnimationFrame(() => (by.current?.disabled ? other : by).current?.focus());
  };
  return (
    <Group gap={0} wrap="nowrap" flex="none" pt={2}>
      <Verb ref={up} label={t("control.branch_up", { name })} onClick={index > 0 && (() => move(index - 1, up, down))}>
        <IconArrowUp size={16} aria-hidden />
      </Verb>
      <Verb
        ref={down}
        label={t("control.branch_down", { name })}
        onClick={index < count - 1 && (() => move(index + 1, down, up))}
      >
        <IconArrowDown size={16} aria-hidden />
      </Verb>
      <Verb label={t("control.branch_remove", { name })} onClick={onRemove ?? false}>
        <IconTrash size={16} aria-hidden />
      </Verb>
    </Group>
  );
}

interface VerbProps {
  ref?: Ref<HTMLButtonElement>;
  label: string;
  onClick: (() => void) | false;
  children: ReactNode;
}

function Verb({ ref, label, onClick, children }: VerbProps) {
  return (
    <ActionIcon
      ref={ref ?? null}
      variant="subtle"
      color="gray"
      size={28}
      className={classes["verb"] ?? ""}
      aria-label={label}
      title={label}
      disabled={onClick === false}
      onClick={onClick || undefined}
    >
      {children}
    </ActionIcon>
  );
}
