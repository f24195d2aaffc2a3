import { TextInput } from "@mantine/core";
import { type ReactNode, useRef } from "react";

import { PlaceholderButton } from "./PlaceholderButton";

interface EnvelopeFieldProps {
  label: string;
  placeholder?: string;
  value: string;
  error: ReactNode;
  readOnly: boolean;
  onChange: (value: string) => void;
}

/** A line of the mail's head; placeholders go in where the cursor stood last. */
export function EnvelopeField({ label, value, onChange, readOnly, ...input }: EnvelopeFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  const insert = (placeholder: string) => {
    const [from, to] = [field.current?.selectionStart ?? value.length, field.current?.selectionEnd ?? value.length];
    onChange(value.slice(0, from) + placeholder + value.slice(to));
  };
  return (
    <TextInput
      ref={field}
      label={label}
      value={value}
      readOnly={readOnly}
      onChange={(event) => onChange(event.currentTarget.value)}
      rightSection={!readOnly && <PlaceholderButton field={label} onInsert={insert} />}
      {...input}
    />
  );
}
