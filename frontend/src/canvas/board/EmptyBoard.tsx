import { Button, Text, Title } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useReactFlow } from "@xyflow/react";
import { useTranslation } from "react-i18next";

import { useTemplates } from "@/api/automations";
import { useOutline } from "@/canvas/outline/useOutline";
import { useDocument, useEditor, useEditorScope, useVerbs } from "@/canvas/state/EditorContext";
import { suggestedTypes } from "@/flow/catalog";
import type { AutomationDocument } from "@/flow/document";
import { useLanguage } from "@/i18n/useLanguage";
import { StepIcon } from "@/nodes/StepIcon";

import { fitAll } from "./distance";
import classes from "./EmptyBoard.module.css";

/** What an empty canvas says: begin with a trigger, or with a template. */
export function EmptyBoard() {
  const { t } = useTranslation("editor");
  const { catalog } = useEditorScope();
  const verbs = useVerbs();
  const empty = useDocument().nodes.length === 0;
  const readOnly = useEditor((state) => state.readOnly);
  const holding = useEditor((state) => state.holding !== null);
  const [outlined] = useOutline();
  const small = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  if (!empty || readOnly || holding) return null;
  return (
    <div className={classes["start"]}>
      <Title order={2} size="h3">
        {t("empty.title")}
      </Title>
      <Text c="dimmed" ta="center">
        {t(small ? "empty.body_tap" : outlined ? "empty.body_pick" : "empty.body")}
      </Text>
      <div className={classes["choices"]}>
        {suggestedTypes(catalog).map((type) => (
          <Button
            key={type.key}
            variant="default"
            leftSection={<StepIcon type={type} size={16} />}
            onClick={() => verbs.place(type.key, { kind: "free", position: [0, 0] })}
          >
            {type.label}
          </Button>
        ))}
      </div>
      <Templates />
    </div>
  );
}

function Templates() {
  const { t } = useTranslation("editor");
  const verbs = useVerbs();
  const { data: templates = [] } = useTemplates(useLanguage());
  const flow = useReactFlow();
  const fill = (document: AutomationDocument) => {
    verbs.fill(document);
    fitAll(flow, 0);
  };
  if (templates.length === 0) return null;
  return (
    <>
      <Text size="sm" c="dimmed" mt="md">
        {t("empty.or_template")}
      </Text>
      <ul className={classes["templates"]}>
        {templates.map((template) => (
          <li key={template.key}>
            <button type="button" className={classes["template"]} onClick={() => fill(template.document)}>
              <strong>{template.name}</strong>
              <span>{template.description}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
