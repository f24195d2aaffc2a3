import { Button, Menu } from "@mantine/core";
import { IconPlayerPause, IconPlayerPlay } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Automation } from "@/api/editor";
import { useCan } from "@/api/session";
import { useEditorScope } from "@/canvas/state/EditorContext";
import { guard } from "@/canvas/state/store";
import { hint } from "@/ui/hint/hint";
import { useStandstill } from "@/ui/standstill/useStandstill";

import classes from "./TopBar.module.css";

interface Deed {
  readonly key: "activate" | "publish" | "pause" | "resume";
  readonly icon?: ReactNode;
  /** It is what is most likely done next. */
  readonly main: boolean;
  readonly loading?: boolean;
  readonly go: () => void;
}

/** Activate, publish changes, pause, resume: what the state allows, the most likely last. */
export function useDeeds(automation: Automation, changed: boolean): readonly Deed[] {
  const { editor } = useEditorScope();
  const allowed = useCan()("automations.activate");
  const { pause, pausing, resume, resuming } = useStandstill(automation);
  const { state } = automation;
  // Whoever goes live has nothing left to begin with: what is missing is a fault.
  const activate = () => guard(editor, () => editor.setState({ panel: "activate", fresh: new Set() }));
  if (!allowed || state === "archived") return [];
  if (state === "draft") return [{ key: "activate", icon: <IconPlayerPlay size={16} />, main: true, go: activate }];
  const standing: Deed =
    state === "active"
      ? { key: "pause", icon: <IconPlayerPause size={16} />, main: false, loading: pausing, go: pause }
      : { key: "resume", icon: <IconPlayerPlay size={16} />, main: !changed, loading: resuming, go: resume };
  return changed ? [standing, { key: "publish", main: true, go: activate }] : [standing];
}

interface DeedButtonProps {
  deed: Deed;
  /** There is room for a word only. */
  brief: boolean;
  /** It stands beside what is done more likely: where room is short, its sign is enough. */
  aside: boolean;
}

export function DeedButton({ deed: { key, icon, main, loading = false, go }, brief, aside }: DeedButtonProps) {
  const { t } = useTranslation("editor");
  const goesLive = key === "activate" || key === "publish";
  const name = t(`bar.${key}`);
  return (
    <Button
      className={classes["deed"] ?? ""}
      variant={main ? "filled" : "default"}
      leftSection={icon}
      loading={loading}
      onClick={go}
      aria-label={name}
      {...(aside && { "data-aside": true, ...hint(name) })}
      {...(goesLive && { "data-activate": true })}
    >
      {brief && key === "activate" ? t("activate.confirm") : name}
    </Button>
  );
}

export function DeedItem({ deed: { key, icon, loading = false, go } }: { deed: Deed }) {
  const { t } = useTranslation("editor");
  return (
    <Menu.Item leftSection={icon} disabled={loading} onClick={go}>
      {t(`bar.${key}`)}
    </Menu.Item>
  );
}
