import { Select, type SelectProps } from "@mantine/core";

const zones = ["UTC", ...Intl.supportedValuesOf("timeZone").filter((zone) => zone !== "UTC")];

/** Chooses a time zone by its IANA name. */
export function TimeZoneSelect(props: Omit<SelectProps, "data">) {
  return <Select searchable limit={80} {...props} data={zones} />;
}
