import { TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";

import { momentOf, wallTime } from "./wallTime";

interface MomentFieldProps {
  label: string;
  value: string;
  zone: string;
  error?: ReactNode;
  onChange: (moment: string) => void;
}

/** Takes date and time on the clock of a zone. What is typed stands as it was typed until the field is left. */
export function MomentField({ value, zone, onChange, ...field }: MomentFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <TextInput
      {...field}
      type="datetime-local"
      value={typed ?? wallTime(value, zone)}
      onChange={({ currentTarget }) => {
        setTyped(currentTarget.value);
        const moment = momentOf(currentTarget.value, zone);
        if (moment) onChange(moment);
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
