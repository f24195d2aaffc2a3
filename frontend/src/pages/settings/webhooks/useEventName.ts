import { useTranslation } from "react-i18next";

/** What webhooks may be told of, besides `event.` and the name of any event. */
export const events = [
  "contact.created",
  "contact.updated",
  "contact.unsubscribed",
  "contact.deleted",
  "deal.created",
  "deal.stage_changed",
  "deal.won",
  "deal.lost",
  "run.entered",
  "run.finished",
  "run.failed",
] as const;

/** Says in words what a webhook is told of; the event of a contact's history says its own name. */
export function useEventName(): (event: string) => string {
  const { t } = useTranslation("doors");
  return (event) => {
    const known = events.find((each) => each === event);
    return known ? t(`webhooks.event.${known.replace(".", "_") as Underscored<typeof known>}`) : event;
  };
}

type Underscored<E extends string> = E extends `${infer A}.${infer B}` ? `${A}_${B}` : E;
