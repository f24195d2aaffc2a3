import { ActionIcon, Button, SegmentedControl, Tooltip } from "@mantine/core";
import { IconArrowLeft, IconKeyboard, IconPlayerPause, IconPlayerPlay, IconSettings, IconUserPlus } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { type Automation, type Check, usePause, useResume } from "@/api/editor";
import { useCan } from "@/api/session";
import type { SaveState } from "@/canvas/state/Autosaver";
import { useEditor, useEditorScope } from "@/canvas/state/EditorContext";
import { guard } from "@/canvas/state/store";
import { AutomationStateBadge } from "@/ui/badge/AutomationStateBadge";
import { toastDone, toastProblem } from "@/ui/feedback/toast";

import { HistoryButtons } from "./HistoryButtons";
import { NameField } from "./NameField";
import { ProblemsButton } from "./ProblemsButton";
import { SaveIndicator } from "./SaveIndicator";
import classes from "./TopBar.module.css";

export type View = "live" | "draft";

interface TopBarProps {
  automation: Automation;
  check: Check | undefined;
  save: SaveState;
  view: View;
  onView: (view: View) => void;
  /** Whether the draft differs from what is live. */
  changed: boolean;
}

/** Name, state, saving, undo, faults, and going live. */
export function TopBar({ automation, check, save, view, onView, changed }: TopBarProps) {
  const { t } = useTranslation(["editor", "entries"]);
  const { editor } = useEditorScope();
  const navigate = useNavigate();
  const readOnly = useEditor((state) => state.readOnly);
  return (
    <header className={classes["bar"]}>
      <Tooltip label={t("bar.back")}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t("bar.back")}
          onClick={() => void navigate("/automations")}
        >
          <IconArrowLeft size={20} />
        </ActionIcon>
      </Tooltip>
      <NameField />
      <AutomationStateBadge state={automation.state} />
      {view === "draft" && !readOnly && <SaveIndicator state={save} />}
      <div className={classes["tools"]}>
        {automation.live_document && (
          <SegmentedControl
            size="xs"
            aria-label={t("bar.view")}
            data={[
              { value: "live", label: t("bar.live") },
              { value: "draft", label: t("bar.draft") },
            ]}
            value={view}
            onChange={(value) => guard(editor, () => onView(value))}
          />
        )}
        {!readOnly && <HistoryButtons />}
        {view === "draft" && <ProblemsButton check={check} />}
        {automation.version !== null && (
          <Tool name={t("entries:title")} onClick={() => editor.setState({ panel: "entries" })}>
            <IconUserPlus size={18} />
          </Tool>
        )}
        <Tool name={t("settings.title")} onClick={() => editor.setState({ panel: "settings" })}>
          <IconSettings size={18} />
        </Tool>
        <Tool name={t("keys.title")} onClick={() => editor.setState({ panel: "shortcuts" })} visibleFrom="sm">
          <IconKeyboard size={18} />
        </Tool>
        <StateButtons automation={automation} changed={changed} />
      </div>
    </header>
  );
}

interface ToolProps {
  name: string;
  onClick: () => void;
  visibleFrom?: "sm";
  children: ReactNode;
}

function Tool({ name, onClick, visibleFrom, children }: ToolProps) {
  return (
    <Tooltip label={name}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={32}
        aria-label={name}
        onClick={onClick}
        {...(visibleFrom && { visibleFrom })}
      >
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

/** Activate, publish changes, pause, resume: what the state allows. */
function StateButtons({ automation, changed }: { automation: Automation; changed: boolean }) {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const allowed = useCan()("automations.activate");
  const pause = usePause(automation.id);
  const resume = useResume(automation.id);
  const { state, name } = automation;
  const say = (message: string) => ({ onSuccess: () => toastDone({ message }), onError: toastProblem });
  const activate = () => guard(editor, () => editor.setState({ panel: "activate" }));
  if (!allowed || state === "archived") return null;
  return (
    <>
      {state === "active" && (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} />}
          loading={pause.isPending}
          onClick={() => pause.mutate(undefined, say(t("bar.paused", { name })))}
        >
          {t("bar.pause")}
        </Button>
      )}
      {state === "paused" && (
        <Button
          variant={changed ? "default" : "filled"}
          leftSection={<IconPlayerPlay size={16} />}
          loading={resume.isPending}
          onClick={() => resume.mutate(undefined, say(t("bar.resumed", { name })))}
        >
          {t("bar.resume")}
        </Button>
      )}
      {state === "draft" && (
        <Button className={classes["activate"] ?? ""} leftSection={<IconPlayerPlay size={16} />} onClick={activate}>
          {t("bar.activate")}
        </Button>
      )}
      {state !== "draft" && changed && <Button onClick={activate}>{t("bar.publish")}</Button>}
    </>
  );
}
