import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

export interface Question {
  title: string;
  body: ReactNode;
  /** The verb on the button: "Delete", not "OK". */
  verb: string;
  onConfirm: () => void;
}

/** Asks before something that cannot be undone. */
export function useConfirm(): (question: Question) => void {
  const { t } = useTranslation();
  const ask = async ({ title, body, verb, onConfirm }: Question) => {
    const { modals } = await import("@mantine/modals");
    modals.openConfirmModal({
      title,
      centered: true,
      children: typeof body === "string" ? <Text size="md">{body}</Text> : body,
      labels: { confirm: verb, cancel: t("cancel") },
      confirmProps: { color: "red.9" },
      onConfirm,
    });
  };
  return (question) => void ask(question);
}
