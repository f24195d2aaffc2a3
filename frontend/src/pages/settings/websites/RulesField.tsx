import { Autocomplete, Badge, Button, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { OrderButtons } from "@/ui/order/OrderButtons";

import classes from "./Categories.module.css";
import { newRule, type RuleDraft, ways } from "./rules";

interface RulesFieldProps {
  rules: RuleDraft[];
  /** By name, as in "rules.0.value". */
  faults: Record<string, string>;
  /** How many of the pages seen last fall under a rule, by its key. */
  counts: Map<string, number | undefined>;
  onChange: (rules: RuleDraft[]) => void;
}

/** The rules in the order in which they are tried: change, move, add, remove; all by single clicks. */
export function RulesField({ rules, faults, counts, onChange }: RulesFieldProps) {
  const { t } = useTranslation("settings");
  const categories = [...new Set(rules.map(({ category }) => category.trim()).filter(Boolean))];
  const change = (key: string, changes: Partial<RuleDraft>) =>
    onChange(rules.map((rule) => (rule.key === key ? { ...rule, ...changes } : rule)));
  return (
    <Stack gap="sm">
      {rules.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("categories.none")}
        </Text>
      )}
      {rules.map((rule, place) => {
        const number = place + 1;
        return (
          <div key={rule.key} className={classes["rule"]} role="group" aria-label={t("categories.rule", { number })}>
            <Select
              className={classes["by"] ?? ""}
              aria-label={t("categories.by")}
              data={ways.map((way) => ({ value: way, label: t(`categories.way.${way}`) }))}
              value={rule.by}
              onChange={(by) => by && change(rule.key, { by })}
              allowDeselect={false}
            />
            <TextInput
              className={classes["text"] ?? ""}
              aria-label={t("categories.value")}
              placeholder={t(`categories.example.${rule.by}`)}
              value={rule.value}
              error={faults[`rules.${place}.value`]}
              onChange={(event) => change(rule.key, { value: event.currentTarget.value })}
            />
            <Autocomplete
              className={classes["text"] ?? ""}
              aria-label={t("categories.category")}
              placeholder={t("categories.category")}
              data={categories}
              value={rule.category}
              error={faults[`rules.${place}.category`]}
              onChange={(category) => change(rule.key, { category })}
            />
            <Verbs rules={rules} place={place} count={counts.get(rule.key)} onChange={onChange} />
          </div>
        );
      })}
      <Button
        variant="subtle"
        size="xs"
        style={{ alignSelf: "flex-start" }}
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...rules, newRule()])}
      >
        {t("categories.add")}
      </Button>
    </Stack>
  );
}

interface VerbsProps {
  rules: RuleDraft[];
  place: number;
  count: number | undefined;
  onChange: (rules: RuleDraft[]) => void;
}

/** How many pages a rule catches, and what can be done with it. */
function Verbs({ rules, place, count, onChange }: VerbsProps) {
  const { t } = useTranslation("settings");
  const number = place + 1;
  return (
    <div className={classes["verbs"]}>
      {count !== undefined && (
        <Badge variant="light" color={count > 0 ? "teal" : "gray"} className="tabular">
          {t("categories.pages", { count })}
        </Badge>
      )}
      <OrderButtons
        items={rules}
        place={place}
        names={{
          up: t("categories.moveUp", { number }),
          down: t("categories.moveDown", { number }),
          remove: t("categories.remove", { number }),
        }}
        onChange={onChange}
      />
    </div>
  );
}
