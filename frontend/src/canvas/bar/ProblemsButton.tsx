import { Button, Popover, ScrollArea, Text } from "@mantine/core";
import { IconAlertCircle, IconAlertTriangle, IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Check } from "@/api/editor";
import { useEditor, useEditorScope } from "@/canvas/state/EditorContext";
import { usePending } from "@/canvas/state/usePending";
import { ProblemList } from "@/canvas/dialogs/ProblemList";

import classes from "./TopBar.module.css";

/** How many faults there are; opens their list. */
export function ProblemsButton({ check }: { check: Check | undefined }) {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const opened = useEditor((state) => state.panel === "problems");
  const problems = check?.problems ?? [];
  const isPending = usePending();
  const known = problems.filter((problem) => !isPending(problem));
  const pending = problems.length - known.length;
  const errors = known.filter((problem) => problem.severity === "error").length;
  const warnings = known.length - errors;
  const [Icon, words] =
    errors > 0
      ? [IconAlertCircle, t("problems.errors", { count: errors })]
      : pending > 0
        ? [IconCircleDashed, t("problems.pending", { count: pending })]
        : warnings > 0
          ? [IconAlertTriangle, t("problems.warnings", { count: warnings })]
          : [IconCircleCheck, t("problems.none")];
  const toggle = (open: boolean) => editor.setState({ panel: open ? "problems" : null });
  return (
    <Popover opened={opened} onChange={toggle} position="bottom-end" width={400} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<Icon size={16} aria-hidden />}
          className={classes["problems"] ?? ""}
          data-errors={errors > 0 || undefined}
          data-warnings={(warnings > 0 && pending === 0) || undefined}
          onClick={() => toggle(!opened)}
        >
          <span className={classes["problemWords"]}>{words}</span>
          <span className={classes["problemNumber"]} aria-hidden>
            {errors || pending || warnings || ""}
          </span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0} maw="calc(100vw - 16px)" aria-label={t("problems.title")}>
        <ScrollArea.Autosize mah={440} p="md" type="auto">
          {problems.length === 0 ? (
            <Text size="sm">{t("problems.none_detail")}</Text>
          ) : (
            <ProblemList problems={problems} onJump={() => toggle(false)} />
          )}
          {check?.sentence && (
            <Text size="sm" c="dimmed" mt="md" className={classes["sentence"] ?? ""}>
              {check.sentence}
            </Text>
          )}
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}
