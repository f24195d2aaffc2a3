import { Button } from "@mantine/core";
import { IconFilter } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Condition } from "@/api/types";
import { SearchField } from "@/ui/fields/SearchField";

import { ColumnChooser } from "./ColumnChooser";
import classes from "./ContactsPage.module.css";
import { countLeaves } from "./condition";
import type { ColumnChoice } from "./useContactColumns";

interface ContactsToolbarProps {
  search: string;
  onSearch: (text: string) => void;
  condition: Condition | null;
  filtering: boolean;
  onFilter: () => void;
  choice: ColumnChoice;
}

export function ContactsToolbar({ search, onSearch, condition, filtering, onFilter, choice }: ContactsToolbarProps) {
  const { t } = useTranslation("contacts");
  const conditions = condition ? countLeaves(condition) : 0;
  return (
    <div className={classes["toolbar"]}>
      <SearchField label={t("search")} value={search} onChange={onSearch} />
      <Button
        variant={conditions > 0 ? "light" : "default"}
        leftSection={<IconFilter size={16} />}
        aria-expanded={filtering}
        onClick={onFilter}
      >
        {conditions > 0 ? t("filterOn", { count: conditions }) : t("filter")}
      </Button>
      <ColumnChooser choice={choice} />
    </div>
  );
}
