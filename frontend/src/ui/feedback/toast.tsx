import { randomId } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import i18next from "i18next";

import { isProblem, sentence } from "@/api/problem";

import { Offer } from "./Offer";

interface Done {
  message: string;
  /** Offered as "Undo" while the toast stands. */
  undo?: () => void;
}

/** Says briefly that something worked. */
export function toastDone({ message, undo }: Done): void {
  const id = notifications.show({
    color: "teal",
    icon: <IconCheck size={16} />,
    withBorder: true,
    closeButtonProps: { "aria-label": i18next.t("close") },
    message: undo ? (
      <Offer
        label={i18next.t("undo")}
        onTake={() => {
          notifications.hide(id);
          undo();
        }}
      >
        {message}
      </Offer>
    ) : (
      message
    ),
  });
}

/** More than these are only counted. */
const mostFaults = 4;

/** The words of any failure: the server's own, or that it could not be reached. */
export function problemWords(error: unknown): string {
  if (!isProblem(error)) return i18next.t("error.failed.title");
  if (error.status === 0) return i18next.t("error.failed.body");
  const told = error.faults.slice(0, mostFaults).map(sentence);
  const rest = error.faults.length - told.length;
  return [...told, ...(rest > 0 ? [i18next.t("error.more", { count: rest })] : [])].join("\n") || error.message;
}

/** Says that something failed and why. */
export function toastProblem(error: unknown): void {
  notifications.show({
    color: "red",
    icon: <IconAlertTriangle size={16} />,
    withBorder: true,
    closeButtonProps: { "aria-label": i18next.t("close") },
    message: <span style={{ whiteSpace: "pre-line" }}>{problemWords(error)}</span>,
    autoClose: 10_000,
    role: "alert",
  });
}

/** Says that a part of the screen is lost, until it is closed or the returned function is called; by one id but once. */
export function toastBroken(message: string, id = randomId()): () => void {
  notifications.show({
    id,
    color: "red",
    icon: <IconAlertTriangle size={16} />,
    withBorder: true,
    autoClose: false,
    closeButtonProps: { "aria-label": i18next.t("close") },
    message: (
      <Offer label={i18next.t("crash.reload")} onTake={() => window.location.reload()}>
        {message}
      </Offer>
    ),
  });
  return () => void notifications.hide(id);
}
