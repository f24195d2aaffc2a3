import { Kbd } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { Spotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useFoundActions } from "./useFoundActions";
import { useCommands } from "./useCommands";

/** Ctrl K: go anywhere, do the common things, find a contact or an automation by a few letters. */
export function CommandPalette({ onShortcuts }: { onShortcuts: () => void }) {
  const { t } = useTranslation();
  const [query, setQuery] = useState("");
  const [settled] = useDebouncedValue(query.trim(), 150);
  const commands = useCommands(query, onShortcuts);
  const { found, searching } = useFoundActions(settled);
  const nothing = commands.length + found.length === 0;
  return (
    <Spotlight.Root
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      query={query} onQueryChange={setQuery} shortcut="mod + K" scrollable maxHeight={420} tagsToIgnore={[]}>
      <Spotlight.Search
        placeholder={t("palette.placeholder")}
        aria-label={t("palette.placeholder")}
        leftSection={<IconSearch size={18} stroke={1.6} />}
      />
      <Spotlight.ActionsList>
        {commands.length > 0 && (
          <Spotlight.ActionsGroup label={t("palette.commands")}>
            {commands.map(({ key, label, icon: Icon, keys, run }) => (
              <Spotlight.Action
                key={key}
                label={label}
                leftSection={<Icon size={18} stroke={1.6} />}
                rightSection={keys && <Kbd size="xs">{keys}</Kbd>}
                onClick={run}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {found.length > 0 && (
          <Spotlight.ActionsGroup label={t("palette.found")}>
            {found.map(({ key, label, description, icon: Icon, run }) => (
              <Spotlight.Action
                key={key}
                label={label}
                description={description}
                leftSection={<Icon size={18} stroke={1.6} />}
                onClick={run}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        {nothing && <Spotlight.Empty>{searching ? t("palette.searching") : t("palette.nothing")}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}
