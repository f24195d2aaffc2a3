import { Button, SegmentedControl } from "@mantine/core";
import { IconArrowLeft, IconHistory, IconKeyboard, IconPlayerPause, IconPlayerPlay, IconSettings, IconTestPipe, IconUserPlus } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import type { Automation, Check } from "@/api/editor";
import { useCan } from "@/api/session";
import type { SaveState } from "@/canvas/state/Autosaver";
import { useEditor, useEditorScope } from "@/canvas/state/EditorContext";
import { guard } from "@/canvas/state/store";
import { firstLook, useComparison } from "@/canvas/versions/comparison";
import { Others } from "@/canvas/together/Others";
import { IconButton } from "@/ui/actions/IconButton";
import { AutomationStateBadge } from "@/ui/badge/AutomationStateBadge";
import { useStandstill } from "@/ui/standstill/useStandstill";

import { TalkButton } from "@/canvas/comments/TalkButton";

import { HistoryButtons } from "./HistoryButtons";
import { MoreMenu } from "./MoreMenu";
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
  /** How many contacts are in it now. */
  inside: number;
}

/** Name, state, saving, undo, faults, and going live. */
export function TopBar({ automation, check, save, view, onView, changed, inside }: TopBarProps) {
  const { t } = useTranslation(["editor", "entries", "rehearsals"]);
  const { editor } = useEditorScope();
  const navigate = useNavigate();
  const readOnly = useEditor((state) => state.readOnly);
  return (
    <header className={classes["bar"]}>
      <IconButton name={t("bar.back")} size={36} onClick={() => void navigate("/automations")}>
        <IconArrowLeft size={20} />
      </IconButton>
      <NameField />
      <AutomationStateBadge state={automation.state} />
      {view === "draft" && !readOnly && <SaveIndicator state={save} />}
      <Others />
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
        <IconButton name={t("rehearsals:open")} onClick={() => editor.setState({ panel: "rehearse" })}>
          <IconTestPipe size={18} />
        </IconButton>
        {automation.version !== null && (
          <IconButton name={t("entries:title")} onClick={() => editor.setState({ panel: "entries" })}>
            <IconUserPlus size={18} />
          </IconButton>
        )}
        <TalkButton />
        {automation.version !== null && <VersionsTool automation={automation} />}
        <IconButton name={t("settings.title")} onClick={() => editor.setState({ panel: "settings" })}>
          <IconSettings size={18} />
        </IconButton>
        <IconButton name={t("keys.title")} onClick={() => editor.setState({ panel: "shortcuts" })} visibleFrom="sm">
          <IconKeyboard size={18} />
        </IconButton>
        <MoreMenu automation={automation} inside={inside} />
        <StateButtons automation={automation} changed={changed} />
      </div>
    </header>
  );
}

/** Opens the history: what changed since the version that is live, or with the latest one. */
function VersionsTool({ automation: { version, has_unpublished_changes: changed } }: { automation: Automation }) {
  const { t } = useTranslation("versions");
  const { show } = useComparison();
  return (
    <IconButton name={t("open")} onClick={() => version !== null && show(firstLook(version, changed))}>
      <IconHistory size={18} />
    </IconButton>
  );
}

/** Activate, publish changes, pause, resume: what the state allows. */
function StateButtons({ automation, changed }: { automation: Automation; changed: boolean }) {
  const { t } = useTranslation("editor");
  const { editor } = useEditorScope();
  const allowed = useCan()("automations.activate");
  const { pause, pausing, resume, resuming } = useStandstill(automation);
  const { state } = automation;
  const activate = () => guard(editor, () => editor.setState({ panel: "activate" }));
  if (!allowed || state === "archived") return null;
  return (
    <>
      {state === "active" && (
        <Button
          variant="default"
          leftSection={<IconPlayerPause size={16} />}
          loading={pausing}
          onClick={pause}
        >
          {t("bar.pause")}
        </Button>
      )}
      {state === "paused" && (
        <Button
          variant={changed ? "default" : "filled"}
          leftSection={<IconPlayerPlay size={16} />}
          loading={resuming}
          onClick={resume}
        >
          {t("bar.resume")}
        </Button>
      )}
      {state === "draft" && (
        <Button className={classes["activate"] ?? ""} leftSection={<IconPlayerPlay size={16} />} onClick={activate} data-activate>
          {t("bar.activate")}
        </Button>
      )}
      {state !== "draft" && changed && <Button onClick={activate} data-activate>{t("bar.publish")}</Button>}
    </>
  );
}
