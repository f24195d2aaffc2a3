import dayjs from "dayjs";
import timezone from "dayjs/plugin/timezone";
import utc from "dayjs/plugin/utc";

dayjs.extend(utc);
dayjs.extend(timezone);

const shape = "YYYY-MM-DDTHH:mm";

/** What clocks in a time zone show at a moment, as a field for date and time holds it; empty for no moment. */
export function wallTime(moment: string | null, zone: string): string {
  return moment ? dayjs(moment).tz(zone).format(shape) : "";
}

/** The moment at which clocks in a time zone show that; null for what is no time, or one of a year half typed. */
export function momentOf(wall: string, zone: string): string | null {
  const real = dayjs.utc(wall).format(shape) === wall && wall >= "2000";
  return real ? dayjs.tz(wall, zone).toISOString() : null;
}
