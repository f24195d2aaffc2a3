import { Anchor, MultiSelect, Select, TagsInput, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Json } from "@/flow/document";
import { listOf } from "@/flow/json";
import { useFormScope } from "@/nodes/form/scope";
import type { ControlProps } from "@/nodes/form/types";

import { inputProps, textOf, withChosen } from "./common";
import { DateControl, NumberControl, TextControl } from "./plain";

/** An attribute by name; where the one wanted is not there, the way to create it. */
export function AttributeControl(props: ControlProps) {
  const { t } = useTranslation("editor");
  const { attributes } = useFormScope().vocabulary;
  const kinds = listOf(props.options["kinds"]);
  const fitting = attributes.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
  const chosen = textOf(props.value ?? props.schema["default"]);
  const missing = chosen !== "" && !attributes.some(({ name }) => name === chosen);
  const choices = fitting.map(({ name, kind }) => ({ value: name, label: name, kind: t(`attribute_kind.${kind}`) }));
  return (
    <div>
      <Select
        {...inputProps(props)}
        data={withChosen(choices, missing ? [chosen] : [], (name) => t("control.gone", { name }))}
        value={chosen || null}
        onChange={(name) => props.onChange(name ?? undefined)}
        placeholder={t("control.choose_attribute")}
        nothingFoundMessage={t("picker.nothing")}
        searchable
      />
      {(missing || fitting.length === 0) && (
        <Text size="xs" mt={4}>
          <Anchor component={Link} to={`/settings/attributes?new=${encodeURIComponent(chosen)}`} inherit>
            {t("control.create_attribute")}
          </Anchor>
        </Text>
      )}
    </div>
  );
}

/** A value of the kind that the attribute named by the field `of` has. */
export function AttributeValueControl(props: ControlProps) {
  const { t } = useTranslation("editor");
  const { vocabulary, config } = useFormScope();
  const name = config[textOf(props.options["of"])];
  const attribute = vocabulary.attributes.find((each) => each.name === name);
  const gone = (option: string) => t("control.gone", { name: option });
  // What is typed before its kind is known could not be kept.
  if (!name) return <TextControl {...props} description={t("control.attribute_first")} disabled />;
  switch (attribute?.kind) {
    case "number":
      return <NumberControl {...props} />;
    case "date":
      return <DateControl {...props} />;
    case "boolean":
      return <YesNoControl {...props} />;
    case "category": {
      const chosen = textOf(props.value);
      return (
        <Select
          {...inputProps(props)}
          data={withChosen(plain(attribute.options), chosen ? [chosen] : [], gone)}
          value={chosen || null}
          onChange={(option) => props.onChange(option ?? undefined)}
          searchable
        />
      );
    }
    case "multiple_choice": {
      const chosen = listOf(props.value).map(String);
      return (
        <MultiSelect
          {...inputProps(props)}
          data={withChosen(plain(attribute.options), chosen, gone)}
          value={chosen}
          onChange={(options) => props.onChange(options.length > 0 ? options : undefined)}
          searchable
        />
      );
    }
    case undefined:
    case "text":
      return <TextControl {...props} />;
  }
}

/** Some values of the attribute named by the field `of`. */
export function AttributeValuesControl(props: ControlProps) {
  const { t } = useTranslation("editor");
  const { vocabulary, config } = useFormScope();
  const name = config[textOf(props.options["of"])];
  const attribute = vocabulary.attributes.find((each) => each.name === name);
  const chosen = listOf(props.value).map(String);
  const common = { ...inputProps(props), value: chosen };
  if (!name) return <TagsInput {...common} description={t("control.attribute_first")} disabled />;
  const set = (values: readonly Json[]) => props.onChange(values.length > 0 ? values : undefined);
  switch (attribute?.kind) {
    case "number":
      return (
        <TagsInput
          {...common}
          onChange={(texts) => set(texts.map(Number).filter(Number.isFinite))}
          placeholder={t("control.add_value")}
          inputMode="decimal"
          acceptValueOnBlur
        />
      );
    case "boolean": {
      const data = [
        { value: "true", label: t("common.yes") },
        { value: "false", label: t("common.no") },
      ];
      return <MultiSelect {...common} data={data} onChange={(texts) => set(texts.map((text) => text === "true"))} />;
    }
    case "category":
    case "multiple_choice": {
      const data = withChosen(plain(attribute.options), chosen, (option) => t("control.gone", { name: option }));
      return <MultiSelect {...common} data={data} onChange={set} searchable />;
    }
    case undefined:
    case "date":
    case "text":
      return <TagsInput {...common} onChange={set} placeholder={t("control.add_value")} acceptValueOnBlur />;
  }
}

function YesNoControl(props: ControlProps) {
  const { t } = useTranslation("editor");
  return (
    <Select
      {...inputProps(props)}
      data={[
        { value: "true", label: t("common.yes") },
        { value: "false", label: t("common.no") },
      ]}
      value={typeof props.value === "boolean" ? String(props.value) : null}
      onChange={(chosen) => props.onChange(chosen === null ? undefined : chosen === "true")}
    />
  );
}

function plain(options: readonly string[]) {
  return options.map((option) => ({ value: option, label: option }));
}
