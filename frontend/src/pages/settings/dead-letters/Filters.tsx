import { Select } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { DeadLetterFilter } from "@/api/operations";
import type { DeadLetterGroup } from "@/api/types";

import { useWords } from "./useWords";

interface FiltersProps {
  groups: DeadLetterGroup[];
  filter: DeadLetterFilter;
  onChange: (filter: DeadLetterFilter) => void;
}

/** Kind and reason, offered as far as there are such. */
export function Filters({ groups, filter: { kind, reason }, onChange }: FiltersProps) {
  const { t } = useTranslation("operations");
  const words = useWords();
  const kinds = [...new Set(groups.map((group) => group.kind))];
  const reasons = [...new Set(groups.filter((group) => kind === null || group.kind === kind).map((group) => group.reason))];
  return (
    <>
      <Select
        label={t("deadLetters.kind")}
        placeholder={t("deadLetters.anyKind")}
        clearable
        w={180}
        data={kinds.map((value) => ({ value, label: words.kind(value) }))}
        value={kind}
        onChange={(value) => onChange({ kind: value, reason: null })}
      />
      <Select
        label={t("deadLetters.reason")}
        placeholder={t("deadLetters.anyReason")}
        clearable
        searchable
        w={260}
        data={reasons.filter(Boolean)}
        value={reason}
        onChange={(value) => onChange({ kind, reason: value })}
      />
    </>
  );
}
