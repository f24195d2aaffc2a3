import { Anchor, Text } from "@mantine/core";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";
import { type FullCombinator, type FullField, type FullOperator, prepareRuleGroup, QueryBuilder } from "react-querybuilder";

import type { Vocabulary } from "@/api/types";
import { useVocabulary } from "@/api/vocabulary";
import type { Json, JsonObject } from "@/flow/document";

import classes from "./conditions/conditions.module.css";
import { BuilderProvider } from "./conditions/context";
import { type Group, isGroup, NOT_CHOSEN, partsOf, toCondition, toQuery } from "./conditions/convert";
import { fitValue } from "./conditions/fit";
import {
  AddGroupButton,
  AddRuleButton,
  JoinSelector,
  NotSwitch,
  OperatorSelector,
  RemoveGroupButton,
  RemoveRuleButton,
  SubjectSelector,
} from "./conditions/Selectors";
import { type EventField, operatorsFor, type Scope, shapeOf, type Subject, subjectGroups } from "./conditions/subjects";
import { ValueEditor } from "./conditions/ValueEditor";
import { useWords } from "./conditions/useWords";

const controlElements = {
  fieldSelector: SubjectSelector,
  operatorSelector: OperatorSelector,
  combinatorSelector: JoinSelector,
  notToggle: NotSwitch,
  addRuleAction: AddRuleButton,
  addGroupAction: AddGroupButton,
  removeRuleAction: RemoveRuleButton,
  removeGroupAction: RemoveGroupButton,
  valueEditor: ValueEditor,
};

export interface ConditionBuilderProps {
  value: { readonly [key: string]: unknown } | null | undefined;
  onChange: (condition: JsonObject) => void;
  /** What it is about: the contact (default), or the event that triggers; then `eventFields` are its properties. */
  scope?: Scope;
  eventFields?: readonly EventField[];
  /** Read out as the name of the whole group of controls. */
  label: string;
  /** What it says while there is no condition. */
  empty?: string | undefined;
  disabled?: boolean;
}

/** Builds a condition of the shared language: all, any and not over typed comparisons. */
export function ConditionBuilder(props: ConditionBuilderProps) {
  const { data } = useVocabulary();
  return data ? <Builder {...props} vocabulary={data} /> : null;
}

const NO_CONDITION: JsonObject = { all: [] };
const NO_FIELDS: readonly EventField[] = [];

function Builder({
  value,
  onChange,
  scope = "contact",
  eventFields = NO_FIELDS,
  label,
  empty,
  disabled = false,
  vocabulary,
}: ConditionBuilderProps & { vocabulary: Vocabulary }) {
  const words = useWords();
  const condition = (value ?? NO_CONDITION) as JsonObject;
  const [query, setQuery] = useQuery(condition);
  const groups = useMemo(
    () => subjectGroups({ vocabulary, scope, eventFields, words }, query),
    [vocabulary, scope, eventFields, words, query],
  );
  const context = useMemo(() => {
    const subjects = new Map(groups.flatMap((group) => group.options.map((subject) => [subject.name, subject])));
    const subjectOf = (field: string): Subject | undefined => subjects.get(field);
    return {
      vocabulary,
      subjectOf,
      shapeOf: (field: string, operator: string) => shapeOf(operator, subjectOf(field), vocabulary),
    };
  }, [groups, vocabulary]);
  const change = (next: Group): void => {
    const changed = toCondition(setQuery(fitGroup(next, context.shapeOf)));
    if (JSON.stringify(changed) !== JSON.stringify(condition)) onChange(changed);
  };
  const missing = groups.flatMap((group) => group.options).filter((subject) => subject.missing);
  return (
    <BuilderProvider value={context}>
      {empty && query.rules.length === 0 && (
        <Text size="xs" c="dimmed">
          {empty}
        </Text>
      )}
      <fieldset className={classes.builder} aria-label={label} ref={dropFormRole}>
        <QueryBuilder<Group, FullField, FullOperator, FullCombinator>
          query={query}
          onQueryChange={change}
          fields={groups}
          controlElements={controlElements}
          getOperators={(_field, { fieldData }) =>
            operatorsFor(fieldData as unknown as Subject, vocabulary).map((each) => ({ name: each.key, label: each.label }))
          }
          getDefaultValue={() => undefined}
          autoSelectField={false}
          addRuleToNewGroups
          showNotToggle
          enableMountQueryChange={false}
          resetOnOperatorChange={false}
          disabled={disabled}
        />
      </fieldset>
      <MissingAttributes subjects={missing} />
    </BuilderProvider>
  );
}

/** The builder marks itself a form, which it is not: as a part of one it would be a landmark without a name. */
function dropFormRole(fieldset: HTMLFieldSetElement | null): void {
  fieldset?.querySelector("[role=form]")?.removeAttribute("role");
}

/** The query being edited: begun anew when the condition comes from elsewhere, kept (half-built rules too) else. */
function useQuery(condition: JsonObject): [Group, (next: Group) => Group] {
  const written = JSON.stringify(condition);
  const [state, setState] = useState(() => ({ query: begin(condition), told: written }));
  if (state.told !== written) {
    setState({ query: begin(condition), told: written });
  }
  const set = (next: Group): Group => {
    setState({ query: next, told: JSON.stringify(toCondition(next)) });
    return next;
  };
  return [state.query, set];
}

/** Rows without an id would get one each time they are drawn, and be others then: their open list would close. */
function begin(condition: JsonObject): Group {
  return prepareRuleGroup(toQuery(condition));
}

function fitGroup(group: Group, shape: (field: string, operator: string) => ReturnType<typeof shapeOf>): Group {
  return {
    ...group,
    rules: group.rules.map((part) => {
      if (isGroup(part)) return fitGroup(part, shape);
      const { keyword } = partsOf(part.field);
      if (["attribute", "field", "event", "company", "owner"].includes(keyword)) {
        return { ...part, value: fitValue(part.value as Json | undefined, shape(part.field, part.operator)) };
      }
      return part.field === NOT_CHOSEN ? { ...part, value: undefined } : part;
    }),
  };
}

function MissingAttributes({ subjects }: { subjects: Subject[] }) {
  const { t } = useTranslation("editor");
  const names = subjects.filter((subject) => partsOf(subject.name).keyword === "attribute").map((each) => each.label);
  if (names.length === 0) return null;
  return (
    <Text size="xs" c="var(--cz-bad)" mt={6}>
      {t("condition.missing_attribute", { name: names.join(", ") })}{" "}
      <Anchor component={Link} to={`/settings/attributes?new=${encodeURIComponent(names[0] ?? "")}`} inherit>
        {t("control.create_attribute")}
      </Anchor>
    </Text>
  );
}
