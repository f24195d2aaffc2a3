import { Group, Skeleton, Stack, Text } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { usePageRules, usePagesPreview, useSavePageRules } from "@/api/pageCategories";
import { isProblem } from "@/api/problem";
import type { PageRule } from "@/api/types";
import { GuardedButton } from "@/ui/actions/GuardedButton";
import { Card } from "@/ui/card/Card";
import { Loaded } from "@/ui/feedback/Loaded";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastDone } from "@/ui/feedback/toast";

import { ApplyToPast } from "./ApplyToPast";
import classes from "./Categories.module.css";
import { PagesPreview } from "./PagesPreview";
import { asRules, draftsOf, isWritten, type RuleDraft } from "./rules";
import { RulesField } from "./RulesField";

/** Which pages belong to which category: rules in order, beside what they say of the pages that were seen last. */
export function CategoriesCard() {
  const { t } = useTranslation("settings");
  const query = usePageRules();
  return (
    <Card title={t("categories.title")}>
      <Text size="sm" c="dimmed" mb="md">
        {t("categories.body")}
      </Text>
      <Loaded query={query} skeleton={<Skeleton height={120} />}>
        {({ rules, applying }) => (
          <>
            <Editor kept={rules} />
            {rules.length > 0 && <ApplyToPast applying={applying} />}
          </>
        )}
      </Loaded>
    </Card>
  );
}

function Editor({ kept }: { kept: PageRule[] }) {
  const { t } = useTranslation(["settings", "common"]);
  const [rules, setRules] = useState<RuleDraft[]>(() => draftsOf(kept));
  const [faults, setFaults] = useState<Record<string, string>>({});
  const save = useSavePageRules();
  const written = rules.filter(isWritten);
  const [settled] = useDebouncedValue(asRules(written), 300);
  const preview = usePagesPreview(settled);
  const changed = JSON.stringify(asRules(rules)) !== JSON.stringify(kept);
  const counts = new Map(
    written.map(({ key }, place) => [key, preview.data?.items.filter(({ rule }) => rule === place).length]),
  );
  const change = (next: RuleDraft[]) => {
    setRules(next);
    setFaults({});
  };
  const submit = () =>
    tellOutcome(
      save.mutateAsync(asRules(rules), {
        onSuccess: (now) => setRules(draftsOf(now.rules)),
        onError: (error) => isProblem(error) && setFaults(error.byField),
      }),
      () => toastDone({ message: t("saved") }),
    );
  return (
    <div className={classes["columns"]}>
      <Stack gap="md">
        <RulesField rules={rules} faults={faults} counts={counts} onChange={change} />
        <Group>
          <GuardedButton permission="settings.edit" disabled={!changed} loading={save.isPending} onClick={submit}>
            {t("common:save")}
          </GuardedButton>
        </Group>
      </Stack>
      <PagesPreview query={preview} />
    </div>
  );
}
