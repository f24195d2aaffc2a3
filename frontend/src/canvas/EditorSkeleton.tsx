import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";

import classes from "./EditorScreen.module.css";

/** The editor's shape while it loads. */
export function EditorSkeleton() {
  const { t } = useTranslation("editor");
  return (
    <div className={classes["screen"]} role="status" aria-label={t("board.loading")}>
      <Skeleton height={56} radius={0} animate={false} />
      <div className={classes["work"]}>
        <div className={classes["palette"]}>
          <Skeleton height={36} m={14} w="auto" />
          <Skeleton height={60} m={14} w="auto" />
          <Skeleton height={60} m={14} w="auto" />
        </div>
      </div>
    </div>
  );
}
