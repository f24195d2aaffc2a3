import { Button } from "@mantine/core";
import { IconCloudOff, IconLock, IconMoodEmpty } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { isProblem } from "@/api/problem";

import { EmptyState } from "./EmptyState";

function kindOf(error: unknown): "missing" | "forbidden" | "failed" {
  if (isProblem(error, 404)) return "missing";
  return isProblem(error, 403) ? "forbidden" : "failed";
}

const icons = { missing: IconMoodEmpty, forbidden: IconLock, failed: IconCloudOff };

/** Why something could not be shown, with a way to try again where that can help. */
export function ErrorState({ error, onRetry }: { error: unknown; onRetry: () => void }) {
  const { t } = useTranslation();
  const kind = kindOf(error);
  const Icon = icons[kind];
  const body = kind === "failed" && isProblem(error) && error.status > 0 ? error.message : t(`error.${kind}.body`);
  return (
    <div role="alert">
      <EmptyState
        icon={<Icon size={22} stroke={1.6} />}
        title={t(`error.${kind}.title`)}
        body={body}
        action={
          kind === "failed" && (
            <Button variant="default" onClick={onRetry}>
              {t("retry")}
            </Button>
          )
        }
      />
    </div>
  );
}
