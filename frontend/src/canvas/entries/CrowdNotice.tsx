import { Anchor } from "@mantine/core";
import { IconUsersGroup } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useBulkEntries } from "@/api/entries";
import { useEditorScope } from "@/canvas/state/EditorContext";
import { BannerLine } from "@/canvas/live/BannerLine";

import { CancelCrowd } from "./CrowdCard";

/** Says above the canvas that a segment is entering, how far it is, and lets one stop it. */
export function CrowdNotice({ automation, enabled }: { automation: number; enabled: boolean }) {
  const { t } = useTranslation("entries");
  const { editor } = useEditorScope();
  const crowd = useBulkEntries(automation, enabled).data?.findLast(({ finished_at }) => finished_at === null);
  if (!crowd) return null;
  const { name, taken, total } = crowd;
  return (
    <BannerLine icon={<IconUsersGroup size={16} aria-hidden />} action={<CancelCrowd automation={automation} crowd={crowd} />}>
      <span role="status">
        <Anchor component="button" size="sm" c="inherit" onClick={() => editor.setState({ panel: "entries" })}>
          {name || t("unnamed")}
        </Anchor>{" "}
        <span className="tabular">{t("under_way", { count: taken, total })}</span>
      </span>
    </BannerLine>
  );
}
