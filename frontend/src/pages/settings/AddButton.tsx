import { IconPlus } from "@tabler/icons-react";

import type { Permission } from "@/api/types";
import { GuardedButton } from "@/ui/actions/GuardedButton";

interface AddButtonProps {
  permission: Permission;
  onClick: () => void;
  children: string;
}

/** The main action of a section: one thing more. */
export function AddButton(props: AddButtonProps) {
  return <GuardedButton leftSection={<IconPlus size={16} />} {...props} />;
}
