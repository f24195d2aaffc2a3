import { Text } from "@mantine/core";
import { modals } from "@mantine/modals";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface Question {
  title: string;
  body: ReactNode;
  /** The verb on the button: "Delete", not "OK". */
  verb: string;
  onConfirm: () => void;
}

/** Asks before something that cannot be undone. */
export function useConfirm(): (question: Question) => void {
  const { t } = useTranslation();
  return ({ title, body, verb, onConfirm }) =>
    modals.openConfirmModal({
      title,
      centered: true,
      children: typeof body === "string" ? <Text size="md">{body}</Text> : body,
      labels: { confirm: verb, cancel: t("cancel") },
      confirmProps: { color: "red.9" },
      onConfirm,
    });
}
