import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { IconCloudOff } from "@tabler/icons-react";
import { type ComponentType, type ReactNode, Suspense } from "react";
import { useTranslation } from "react-i18next";

import { codeQuery } from "@/api/code";
import { isProblem } from "@/api/problem";

import { EmptyState } from "./EmptyState";
import { ErrorState } from "./ErrorState";

/**
 * A component whose code is fetched when it is first shown. Without a network it says so in its own place and can be
 * asked for again; what is around it stays. `code` is for who fetches it ahead.
 */
export function later<Props extends object>(
  name: string,
  load: () => Promise<ComponentType<Props>>,
  skeleton: ReactNode = null,
) {
  const code = codeQuery(name, load);
  function Later(props: Props) {
    const { data: Part, error, refetch } = useQuery(code);
    if (Part) {
      return (
        <Suspense fallback={skeleton}>
          <Part {...props} />
        </Suspense>
      );
    }
    if (!error) return skeleton;
    return isProblem(error, 0) ? <ErrorState error={error} onRetry={() => void refetch()} /> : <BrokenOff />;
  }
  return Object.assign(Later, { code });
}

/** A browser never asks again for a module that it failed to import. */
function BrokenOff() {
  const { t } = useTranslation();
  return (
    <div role="alert">
      <EmptyState
        icon={<IconCloudOff size={22} stroke={1.6} />}
        title={t("error.failed.title")}
        body={t("crash.part")}
        action={
          <Button variant="default" onClick={() => window.location.reload()}>
            {t("crash.reload")}
          </Button>
        }
      />
    </div>
  );
}
