import { Indicator, Menu, SegmentedControl } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { IconArrowLeft, IconEye, IconPencil } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import type { Automation, Check } from "@/api/editor";
import type { SaveState } from "@/canvas/state/Autosaver";
import { useEditor, useEditorScope } from "@/canvas/state/EditorContext";
import { guard } from "@/canvas/state/store";
import { Others } from "@/canvas/together/Others";
import { IconButton } from "@/ui/actions/IconButton";
import { AutomationStateBadge } from "@/ui/badge/AutomationStateBadge";

import { HistoryButtons } from "./HistoryButtons";
import { MoreMenu } from "./MoreMenu";
import { NameField } from "./NameField";
import { ProblemsButton } from "./ProblemsButton";
import { SaveIndicator } from "./SaveIndicator";
import { DeedButton, DeedItem, useDeeds } from "./StateButtons";
import classes from "./TopBar.module.css";
import { type Tool, useTools } from "./useTools";

export type View = "live" | "draft";

interface TopBarProps {
  automation: Automation;
  check: Check | undefined;
  save: SaveState;
  view: View;
  onView: (view: View) => void;
  /** Whether the draft differs from what is live. */
  changed: boolean;
  /** How many contacts are in it now. */
  inside: number;
}

/**
 * Name, state, saving, undo, faults, and going live: in one row from 80em on, wrapped as need be between 48em and that.
 * On a phone it has two rows, and the menu takes the rest.
 */
export function TopBar({ automation, check, save, view, onView, changed, inside }: TopBarProps) {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const navigate = useNavigate();
  const readOnly = useEditor((state) => state.readOnly);
  const small = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const { tools, keys } = useTools(automation);
  const deeds = useDeeds(automation, changed);
  const turn = (next: View) => guard(editor, () => onView(next));
  const shown = small ? deeds.filter(({ main }) => main) : deeds;
  const more = (
    <MoreMenu automation={automation} inside={inside} last={!small && <ToolItem tool={keys} />}>
      {small && (
        <>
          {automation.live_document && <ViewItem view={view} onView={turn} />}
          {tools.map((tool) => (
            <ToolItem key={tool.key} tool={tool} />
          ))}
          {deeds.map((deed) => !shown.includes(deed) && <DeedItem key={deed.key} deed={deed} />)}
          <Menu.Divider />
        </>
      )}
    </MoreMenu>
  );
  return (
    <header className={classes["bar"]}>
      <IconButton name={t("bar.back")} size={36} onClick={() => void navigate("/automations")}>
        <IconArrowLeft size={20} />
      </IconButton>
      <NameField />
      <AutomationStateBadge state={automation.state} />
      {view === "draft" && !readOnly && <SaveIndicator state={save} />}
      <Others />
      {small && more}
      <div className={classes["tools"]}>
        {!small && automation.live_document && <ViewSwitch view={view} onView={turn} />}
        {!readOnly && <HistoryButtons />}
        {view === "draft" && <ProblemsButton check={check} />}
        {!small && tools.map((tool) => <ToolButton key={tool.key} tool={tool} />)}
        {!small && more}
        {shown.map((deed) => (
          <DeedButton key={deed.key} deed={deed} brief={small} aside={!deed.main && shown.length > 1} />
        ))}
      </div>
    </header>
  );
}

interface ViewProps {
  view: View;
  onView: (view: View) => void;
}

function ViewSwitch({ view, onView }: ViewProps) {
  const { t } = useTranslation("editor");
  return (
    <SegmentedControl
      size="xs"
      aria-label={t("bar.view")}
      data={[
        { value: "live", label: t("bar.live") },
        { value: "draft", label: t("bar.draft") },
      ]}
      value={view}
      onChange={onView}
    />
  );
}

function ViewItem({ view, onView }: ViewProps) {
  const { t } = useTranslation("editor");
  const other = view === "live" ? "draft" : "live";
  const Icon = other === "live" ? IconEye : IconPencil;
  return (
    <Menu.Item leftSection={<Icon size={16} />} onClick={() => onView(other)}>
      {t(`bar.to_${other}`)}
    </Menu.Item>
  );
}

/** Tells how much waits there, too. */
function ToolButton({ tool: { name, Icon, open, count } }: { tool: Tool }) {
  const button = (
    <IconButton name={name} onClick={open}>
      <Icon size={18} />
    </IconButton>
  );
  if (count === undefined) return button;
  return (
    <Indicator label={count} size={15} disabled={count === 0} offset={5} aria-hidden={false}>
      {button}
    </Indicator>
  );
}

function ToolItem({ tool: { name, Icon, open } }: { tool: Tool }) {
  return (
    <Menu.Item leftSection={<Icon size={16} />} onClick={open}>
      {name}
    </Menu.Item>
  );
}
