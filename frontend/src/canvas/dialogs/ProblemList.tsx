import { Anchor, Button, Text } from "@mantine/core";
import { IconAlertCircle, IconAlertTriangle, IconCircleDashed } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import type { Problem } from "@/api/editor";
import { useCan } from "@/api/session";
import { useEditor, useEditorScope, useStepWords, useVerbs } from "@/canvas/state/EditorContext";
import { openStep, seen, select } from "@/canvas/state/store";
import { usePending } from "@/canvas/state/usePending";
import { editorAt } from "@/ui/editorAt";

import classes from "./dialogs.module.css";

interface ProblemListProps {
  problems: readonly Problem[];
  onJump: () => void;
}

const ICONS = { error: IconAlertCircle, warning: IconAlertTriangle, pending: IconCircleDashed } as const;

/** Faults in words; each leads to its step, and mends itself where it can. */
export function ProblemList({ problems, onJump }: ProblemListProps) {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const words = useStepWords();
  const verbs = useVerbs();
  const isPending = usePending();
  const readOnly = useEditor((state) => state.readOnly);
  const mayDecide = useCan()("automations.re_entry");
  const jump = (node: string) => {
    onJump();
    seen(editor, node);
    select(editor, [node], node);
    openStep(editor, node);
  };
  return (
    <ul className={classes["problems"]}>
      {problems.map((problem) => {
        const { node, field, code, severity, message, remedy, fix, elsewhere } = problem;
        const mark = isPending(problem) ? "pending" : severity;
        const Icon = ICONS[mark];
        return (
          <li key={`${node ?? ""} ${field ?? ""} ${code} ${message}`} data-severity={mark}>
            <Icon size={18} aria-label={t(`problems.${mark === "pending" ? "to_do" : mark}`)} />
            <div>
              {node !== null && (
                <button type="button" className={classes["jump"]} onClick={() => jump(node)}>
                  {words.step(node)}
                </button>
              )}
              {elsewhere && (
                <Anchor component={Link} to="/automations/radar" size="xs" ml={node === null ? 0 : 8}>
                  {t("problems.radar")}
                </Anchor>
              )}
              <Text size="sm">{message}</Text>
              {remedy && remedy !== fix?.label && (
                <Text size="sm" c="dimmed">
                  {remedy}
                </Text>
              )}
              {elsewhere?.map((place) => (
                <Anchor
                  key={`${place.automation} ${place.node ?? ""}`}
                  component={Link}
                  to={editorAt(place.automation, place.node)}
                  size="sm"
                  display="block"
                >
                  {place.name}: {place.phrase}
                </Anchor>
              ))}
              {fix && !readOnly && (mayDecide || !("re_entry" in fix.patch)) && (
                <Button size="compact-xs" variant="light" mt={4} onClick={() => verbs.settings(fix.patch)}>
                  {fix.label}
                </Button>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}
