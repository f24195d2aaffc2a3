import { TagsInput } from "@mantine/core";
import type { ReactNode } from "react";

import { hostOf } from "./hosts";

interface DomainsFieldProps {
  label: string;
  description: string;
  value: string[] | undefined;
  onChange: (domains: string[]) => void;
  /** What the form says is wrong, by field. */
  errors: Record<string, ReactNode>;
}

const between = [",", ";", " ", "\t", "\r", "\n"];

/** Domains, as many at once as one likes, out of addresses too; says of each that is none which one it is. */
export function DomainsField({ label, description, value, onChange, errors }: DomainsFieldProps) {
  const faults = Object.entries(errors).filter(([field]) => field === "domains" || field.startsWith("domains."));
  return (
    <TagsInput
      label={label}
      description={description}
      placeholder="example.com"
      splitChars={between}
      acceptValueOnBlur
      value={value ?? []}
      onChange={(written) => onChange([...new Set(written.map(hostOf))])}
      error={faults.length > 0 && faults.map(([field, words]) => <div key={field}>{words}</div>)}
      errorProps={{ component: "div" }}
    />
  );
}
