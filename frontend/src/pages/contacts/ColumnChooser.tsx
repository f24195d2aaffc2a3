import { Button, Checkbox, Popover, ScrollArea, Stack } from "@mantine/core";
import { IconColumns3 } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { toggled } from "./columns";
import type { ColumnChoice } from "./useContactColumns";

/** Ticks which columns the table has. */
export function ColumnChooser({ choice: { all, shown, setShown } }: { choice: ColumnChoice }) {
  const { t } = useTranslation("contacts");
  const keys = all.map(({ key }) => key);
  return (
    <Popover position="bottom-start" width={240} trapFocus returnFocus>
      <Popover.Target>
        <Button variant="default" leftSection={<IconColumns3 size={16} />}>
          {t("columns")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t("columns")}>
        <ScrollArea.Autosize mah={360} type="auto">
          <Stack gap="sm" p="md">
            {all.map(({ key, header }) => (
              <Checkbox
                key={key}
                size="sm"
                label={header}
                checked={shown.includes(key)}
                onChange={() => setShown(toggled(keys, shown, key))}
              />
            ))}
          </Stack>
        </ScrollArea.Autosize>
      </Popover.Dropdown>
    </Popover>
  );
}
