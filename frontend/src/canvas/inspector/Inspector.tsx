import { ActionIcon, Button, Code, Drawer, Menu, Text } from "@mantine/core";
import { useDebouncedValue, useMediaQuery } from "@mantine/hooks";
import { IconDots, IconX } from "@tabler/icons-react";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";

import { useCheck } from "@/api/editor";
import { longMenu } from "@/canvas/menu/longMenu";
import { StepMenuItems } from "@/canvas/menu/StepMenuItems";
import { useDocument, useEditor, useEditorScope } from "@/canvas/state/EditorContext";
import { awaitsPlace, openStep } from "@/canvas/state/store";
import { LockNotice } from "@/canvas/together/LockNotice";
import { useStepLock } from "@/canvas/together/useStepLock";
import type { FlowNode } from "@/flow/document";
import { nodeById } from "@/flow/graph";
import { StepForm } from "@/nodes/StepForm";
import { StepIcon } from "@/nodes/StepIcon";

import classes from "./Inspector.module.css";
import { faultsToShow, withDraft } from "./draft";
import { useApply } from "./useApply";
import { useContested } from "./useContested";

/**
 * The settings of the open step: beside the canvas, or as a sheet from below on a phone. They leave the canvas to whoever
 * is about to choose a place on it.
 */
export function Inspector() {
  const { t } = useTranslation("editor");
  const { catalog, editor } = useEditorScope();
  const document = useDocument();
  const open = useEditor((state) => state.open);
  const aside = useEditor(awaitsPlace);
  const small = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const node = open === null ? undefined : nodeById(document, open);
  if (!node) return null;
  const label = catalog.get(node.type)?.label ?? t("step.unknown");
  const settings = <Settings key={node.id} node={node} label={label} />;
  if (!small) {
    return (
      <section className={classes["side"]} aria-label={t("inspector.title", { step: label })} hidden={aside} data-settings={!aside || undefined}>
        {settings}
      </section>
    );
  }
  return (
    <Drawer.Root opened={!aside} keepMounted onClose={() => openStep(editor, null)} position="bottom" size="85dvh" padding={0}>
      <Drawer.Overlay />
      <Drawer.Content aria-label={t("inspector.title", { step: label })} data-settings={!aside || undefined} data-beside>
        <Drawer.Body className={classes["sheet"] ?? ""} data-sheet={!aside || undefined}>{settings}</Drawer.Body>
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Settings({ node, label }: { node: FlowNode; label: string }) {
  const { t } = useTranslation("editor");
  const { catalog, editor } = useEditorScope();
  const type = catalog.get(node.type);
  const close = () => openStep(editor, null);
  useFirstField();
  return (
    <>
      <header className={classes["header"]} data-kind={type?.kind ?? "unknown"}>
        <span className={classes["icon"]}>
          <StepIcon type={type} />
        </span>
        <div className={classes["title"]}>
          <Text size="xs" c="dimmed">
            {t(`kind.${type?.kind ?? "unknown"}`)}
          </Text>
          <h2>{label}</h2>
        </div>
        <StepMenu node={node} />
        <ActionIcon variant="subtle" color="gray" size={32} aria-label={t("inspector.close")} onClick={close} data-close>
          <IconX size={18} />
        </ActionIcon>
      </header>
      {type ? (
        <Form node={node} />
      ) : (
        <div className={classes["body"]}>
          <Text mb="sm">{t("step.unknown_type", { type: node.type })}</Text>
          <Text size="sm" c="dimmed" mb="sm">
            {t("step.unknown_kept")}
          </Text>
          <Code block>{JSON.stringify(node.config, null, 2)}</Code>
        </div>
      )}
    </>
  );
}

/** Who opened the settings by keyboard, or to mend them, goes on in the field that is wrong, else in the first. */
function useFirstField(): void {
  const { editor } = useEditorScope();
  const intoSettings = useEditor((state) => state.intoSettings);
  useEffect(() => {
    if (!intoSettings) return;
    const field = (which: string) => document.querySelector<HTMLElement>(`[data-settings] ${which}`);
    (field("[aria-invalid=true]") ?? field(":is(input, textarea, button:not([data-close]))"))?.focus();
    editor.setState({ intoSettings: false });
  }, [editor, intoSettings]);
}

function Form({ node }: { node: FlowNode }) {
  const { t } = useTranslation("editor");
  const { automation, catalog, editor, vocabulary } = useEditorScope();
  const document = useDocument();
  const place = useMemo(() => ({ automation, step: node.id }), [automation, node.id]);
  const draft = useEditor((state) => state.draft);
  const fresh = useEditor((state) => state.fresh.has(node.id));
  const lock = useStepLock(node.id);
  const readOnly = useEditor((state) => state.readOnly) || lock.told !== null;
  const apply = useApply();
  const contested = useContested(node);
  const type = catalog.get(node.type);
  const candidate = useMemo(() => withDraft(document, catalog, draft), [document, catalog, draft]);
  const [settled] = useDebouncedValue(candidate, 300);
  const { data: check } = useCheck(settled);
  const { data: before } = useCheck(document);
  if (!type) return null;
  const [problems, applied] = [check?.problems ?? [], before?.problems ?? []];
  return (
    <>
      <div className={classes["body"]}>
        <LockNotice lock={lock} />
        {type.description && (
          <Text size="sm" c="dimmed" mb="md">
            {type.description}
          </Text>
        )}
        <StepForm
          type={type}
          config={draft?.config ?? node.config}
          onChange={(config) => editor.setState({ draft: { ...draft, node: node.id, config } })}
          problems={faultsToShow({ problems, applied, node, draft, fresh })}
          contested={contested}
          vocabulary={vocabulary}
          eventPlaces={check?.event_places}
          place={place}
          disabled={readOnly}
        />
      </div>
      {!readOnly && (
        <footer className={classes["footer"]}>
          {draft && (
            <Text size="xs" c="dimmed" flex={1}>
              {t("inspector.unapplied")}
            </Text>
          )}
          <Button variant="default" onClick={() => discard()}>
            {t("common.cancel")}
          </Button>
          <Button onClick={() => apply(node.id)} data-apply>{t("inspector.apply")}</Button>
        </footer>
      )}
    </>
  );

  function discard(): void {
    editor.setState({ draft: null });
    openStep(editor, null);
  }
}

function StepMenu({ node }: { node: FlowNode }) {
  const { t } = useTranslation("editor");
  return (
    <Menu {...longMenu}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size={32} aria-label={t("inspector.more")} data-close>
          <IconDots size={18} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown mah="70dvh" style={{ overflowY: "auto" }}>
        <StepMenuItems node={node} />
      </Menu.Dropdown>
    </Menu>
  );
}
