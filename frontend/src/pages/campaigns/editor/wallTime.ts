import dayjs from "dayjs";
import timezone from "dayjs/plugin/timezone";
import utc from "dayjs/plugin/utc";

dayjs.extend(utc);
dayjs.extend(timezone);

/** What clocks in a time zone show at a moment, as a field for date and time holds it; empty for no moment. */
export function wallTime(moment: string | null, zone: string): string {
  return moment ? dayjs(moment).tz(zone).format("YYYY-MM-DDTHH:mm") : "";
}

/** The moment at which clocks in a time zone show that; null for what is no time. */
export function momentOf(wall: string, zone: string): string | null {
  return wall ? dayjs.tz(wall, zone).toISOString() : null;
}
