import { Autocomplete, type AutocompleteProps, type ComboboxItem, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { HookValue } from "@/api/types";

import classes from "./payload.module.css";

const mostShown = 100;

interface PathInputProps {
  label: string;
  description?: string;
  path: string;
  onChange: (path: string) => void;
  /** What was sent in the call that is looked at; undefined while there is none. */
  values: readonly HookValue[] | undefined;
  disabled: boolean;
  right?: AutocompleteProps["rightSection"];
}

/** A path into what is sent, chosen from a call or written; the value that stands there is shown below. */
export function PathInput({ label, description, path, onChange, values, disabled, right }: PathInputProps) {
  const { t } = useTranslation("hooks");
  const sent = new Map(values?.map(({ path: at, value }) => [at, value]));
  const value = sent.get(path);
  return (
    <div className={classes["value"]}>
      <Autocomplete
        label={label}
        description={description}
        placeholder={t("choose_path")}
        value={path}
        onChange={onChange}
        data={[...sent.keys()]}
        limit={mostShown}
        maxLength={255}
        filter={({ options, search }) => (options as ComboboxItem[]).filter(({ value: at }) => fits(at, search))}
        renderOption={({ option }) => (
          <div className={classes["value"]}>
            <Text size="sm">{option.value}</Text>
            <Text size="xs" c="dimmed" truncate>
              {sent.get(option.value)}
            </Text>
          </div>
        )}
        rightSection={right}
        disabled={disabled}
      />
      {path && values && (
        <Text size="xs" mt={2} c={value === undefined ? "var(--cz-warn)" : "dimmed"} truncate>
          {value ?? t("not_sent")}
        </Text>
      )}
    </div>
  );

  /** All, while what was chosen is looked at once more; else what the words are found in. */
  function fits(at: string, search: string): boolean {
    const words = search.trim().toLowerCase();
    return sent.has(search) || `${at} ${sent.get(at) ?? ""}`.toLowerCase().includes(words);
  }
}
