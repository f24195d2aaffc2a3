import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Version } from "@/api/types";
import { Pill } from "@/ui/badge/Pill";
import { RelativeTime } from "@/ui/time/RelativeTime";

import type { Comparison } from "./comparison";
import classes from "./VersionsScreen.module.css";

interface VersionListProps {
  versions: readonly Version[];
  comparison: Comparison;
  /** Whether the draft does something else than what is live. */
  changed: boolean;
  onShow: (comparison: Comparison) => void;
}

/** The draft and every version, the newest first; choosing one shows it beside the one before it. */
export function VersionList({ versions, comparison, changed, onShow }: VersionListProps) {
  const { t } = useTranslation("versions");
  const live = versions.find((version) => version.live)?.number ?? null;
  return (
    <ul className={classes["versions"]}>
      <li>
        <button
          type="button"
          className={classes["version"]}
          aria-current={comparison.shown === "draft"}
          onClick={() => onShow({ shown: "draft", with: live })}
        >
          <Text fw={600}>{t("draft")}</Text>
          <Text size="sm" c="dimmed">
            {changed || live === null ? t("not_published") : t("as_live", { version: live })}
          </Text>
        </button>
      </li>
      {versions.map(({ number, live: isLive, inside, created_by, created_at }) => (
        <li key={number}>
          <button
            type="button"
            className={classes["version"]}
            aria-current={comparison.shown === number}
            onClick={() => onShow({ shown: number, with: number > 1 ? number - 1 : null })}
          >
            <span className={classes["facts"]}>
              <Text span fw={600}>
                {t("number", { number })}
              </Text>
              {isLive && <Pill tone="ok">{t("live")}</Pill>}
              {inside > 0 && <Pill dot={false}>{t("inside", { count: inside })}</Pill>}
            </span>
            <Text size="sm" c="dimmed">
              {created_by?.name || t("somebody")}, <RelativeTime at={created_at} />
            </Text>
          </button>
        </li>
      ))}
    </ul>
  );
}
