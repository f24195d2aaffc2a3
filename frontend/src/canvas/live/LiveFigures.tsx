import { Select, Switch } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { periods, useLiveLook } from "./liveLook";

/** Of which days the live look counts, and whether it shows flow and losses. */
export function LiveFigures() {
  const { t } = useTranslation("reading");
  const { period, setPeriod, heated, setHeated } = useLiveLook();
  return (
    <>
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
