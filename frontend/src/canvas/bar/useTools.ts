import {
  type Icon as TablerIcon,
  IconHistory,
  IconKeyboard,
  IconMessages,
  IconSettings,
  IconTestPipe,
  IconUserPlus,
} from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Automation } from "@/api/editor";
import { useEditorScope } from "@/canvas/state/EditorContext";
import type { Panel } from "@/canvas/state/store";
import { useTogether } from "@/canvas/together/TogetherContext";
import { firstLook, useComparison } from "@/canvas/versions/comparison";

export interface Tool {
  readonly key: string;
  readonly name: string;
  readonly Icon: TablerIcon;
  readonly open: () => void;
  /** How much waits there, if anything. */
  readonly count?: number;
}

/** What opens beside the automation or over it: for the bar, or on a phone for its menu. */
export function useTools({ version, has_unpublished_changes: changed }: Automation): {
  readonly tools: readonly Tool[];
  readonly keys: Tool;
} {
  const { t } = useTranslation(["editor", "entries", "rehearsals", "together", "versions"]);
  const { editor } = useEditorScope();
  const { threads, showTalk } = useTogether();
  const { show } = useComparison();
  const opens = (panel: Panel) => () => editor.setState({ panel, mending: null });
  const said = threads.filter((thread) => thread.resolved_at === null).length;
  const talk = t("together:comments.open");
  const rehearse = { key: "rehearse", name: t("rehearsals:open"), Icon: IconTestPipe, open: opens("rehearse") };
  const comments = {
    key: "comments",
    name: said > 0 ? `${talk} (${t("together:comments.count", { count: said })})` : talk,
    Icon: IconMessages,
    open: () => showTalk({ node: null }),
    count: said,
  };
  const settings = { key: "settings", name: t("settings.title"), Icon: IconSettings, open: opens("settings") };
  const keys = { key: "keys", name: t("keys.title"), Icon: IconKeyboard, open: opens("shortcuts") };
  if (version === null) return { tools: [rehearse, comments, settings], keys };
  const entries = { key: "entries", name: t("entries:title"), Icon: IconUserPlus, open: opens("entries") };
  const history = {
    key: "history",
    name: t("versions:open"),
    Icon: IconHistory,
    open: () => show(firstLook(version, changed)),
  };
  return { tools: [rehearse, entries, comments, history, settings], keys };
}
