import { useLocalStorage } from "@mantine/hooks";
import { useSearchParams } from "react-router";

/** What the live look can count, and how many days that is; none: all. */
const days = { all: undefined, today: 1, days_7: 7, days_30: 30 } as const;

export type Period = keyof typeof days;
export const periods: readonly Period[] = ["all", "today", "days_7", "days_30"];

/** How the live look counts, the same over visits. */
export function useLiveLook() {
  const [period, setPeriod] = useLocalStorage<Period>({ key: "cadenza-live-period", defaultValue: "all", getInitialValueInEffect: false });
  const [heated, setHeated] = useLocalStorage({ key: "cadenza-live-heat", defaultValue: false, getInitialValueInEffect: false });
  return { period, setPeriod, days: days[period], heated, setHeated };
}

const PARAMETER = "version";

/** The version that the live look shows and counts, kept in the address; null: the one that runs, and all together. */
export function useLiveVersion() {
  const [params, setParams] = useSearchParams();
  const setVersion = (version: number | null) =>
    setParams((before) => {
      const next = new URLSearchParams(before);
      if (version === null) next.delete(PARAMETER);
      else next.set(PARAMETER, String(version));
      return next;
    });
  return { version: Number(params.get(PARAMETER)) || null, setVersion };
}
