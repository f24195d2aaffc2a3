import { CloseButton, Kbd, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { useKeys } from "@/ui/useKeys";

interface SearchFieldProps {
  label: string;
  value: string;
  /** Called a moment after the last letter. */
  onChange: (value: string) => void;
}

/** A search box that "/" jumps to. */
export function SearchField({ label, value, onChange }: SearchFieldProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [draft, setDraft] = useState(value);
  const tell = useDebouncedCallback(onChange, 250);
  useKeys({ "/": () => input.current?.focus() });
  const change = (text: string) => {
    setDraft(text);
    tell(text);
  };
  return (
    <TextInput
      ref={input}
      type="search"
      aria-label={label}
      placeholder={label}
      value={draft}
      onChange={(event) => change(event.currentTarget.value)}
      onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
      leftSection={<IconSearch size={15} />}
      rightSection={
        draft ? (
          <CloseButton size="sm" aria-label={t("clear")} onClick={() => change("")} />
        ) : (
          <Kbd size="xs" aria-hidden visibleFrom="sm">
            /
          </Kbd>
        )
      }
      w={{ base: "100%", xs: 260 }}
    />
  );
}
