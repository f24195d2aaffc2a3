import { Group } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Permission } from "@/api/types";
import { GuardedButton } from "@/ui/actions/GuardedButton";

interface DeleteButtonProps {
  permission: Permission;
  /** Says what will be deleted. */
  label: string;
  onClick: () => void;
}

export function DeleteButton({ permission, label, onClick }: DeleteButtonProps) {
  const { t } = useTranslation();
  return (
    <GuardedButton
      permission={permission}
      variant="subtle"
      color="red"
      size="compact-sm"
      onClick={onClick}
      aria-label={label}
    >
      {t("delete")}
    </GuardedButton>
  );
}

interface RowButtonsProps {
  permission: Permission;
  editLabel?: string;
  onEdit: () => void;
  deleteLabel: string;
  onDelete: () => void;
}

/** What can be done with one thing of a section. */
export function RowButtons({ permission, editLabel, onEdit, deleteLabel, onDelete }: RowButtonsProps) {
  const { t } = useTranslation();
  return (
    <Group gap={4} wrap="nowrap">
      <GuardedButton permission={permission} variant="subtle" size="compact-sm" onClick={onEdit} aria-label={editLabel}>
        {t("edit")}
      </GuardedButton>
      <DeleteButton permission={permission} label={deleteLabel} onClick={onDelete} />
    </Group>
  );
}
