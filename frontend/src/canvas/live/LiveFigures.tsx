import { Select, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useVersions } from "@/api/versions";
import { useEditorScope } from "@/canvas/state/EditorContext";

import { periods, useLiveLook, useLiveVersion } from "./liveLook";

const ALL = "all";

/** Whom the live look counts, of which days, and whether it shows flow and losses. */
export function LiveFigures() {
  const { t } = useTranslation(["reading", "versions"]);
  const { period, setPeriod, heated, setHeated } = useLiveLook();
  const { version, setVersion } = useLiveVersion();
  const versions = useVersions(useEditorScope().automation).data?.items ?? [];
  return (
    <>
      {versions.length > 1 && (
        <Select
          size="xs"
          w={170}
          aria-label={t("period.version")}
          allowDeselect={false}
          value={String(version ?? ALL)}
          onChange={(value) => setVersion(Number(value) || null)}
          data={[
            { value: ALL, label: t("period.all_versions") },
            ...versions.map(({ number, live }) => ({
              value: String(number),
              label: t(live ? "period.live_version" : "versions:number", { number }),
            })),
          ]}
        />
      )}
      <Select
        size="xs"
        w={170}
        aria-label={t("period.title")}
        allowDeselect={false}
        value={period}
        onChange={(value) => setPeriod(periods.find((each) => each === value) ?? "all")}
        data={periods.map((value) => ({ value, label: t(`period.${value}`) }))}
      />
      <Switch size="xs" label={t("period.heat")} checked={heated} onChange={(event) => setHeated(event.currentTarget.checked)} />
    </>
  );
}
