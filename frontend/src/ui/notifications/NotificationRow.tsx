import { ActionIcon, Text } from "@mantine/core";
import { IconMail, IconMailOpened } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useMarkNotification } from "@/api/notifications";
import type { Notification } from "@/api/types";
import { useFormat } from "@/ui/format";
import { hint } from "@/ui/hint/hint";
import { RelativeTime } from "@/ui/time/RelativeTime";

import { about } from "./about";
import classes from "./NotificationRow.module.css";
import { whom } from "./whom";

interface NotificationRowProps {
  item: Notification;
  /** Called when the user follows the link to what it is about. */
  onOpen?: () => void;
}

/** One notification; opening what it is about marks it as read. */
export function NotificationRow({ item, onOpen }: NotificationRowProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const mark = useMarkNotification();
  const unread = item.read_at === null;
  const person = whom(item);
  const open = () => {
    if (unread) mark.mutate({ id: item.id, read: true });
    onOpen?.();
  };
  const address = about(item);
  const verb = unread ? t("bell.markRead") : t("bell.markUnread");
  return (
    <article className={classes["row"]} data-unread={unread}>
      <span className={classes["dot"]} aria-hidden />
      <div className={classes["words"]}>
        {address ? (
          <Link to={address} onClick={open} className={classes["title"]}>
            {item.title}
          </Link>
        ) : (
          <span className={classes["title"]}>{item.title}</span>
        )}
        {person && (
          <Text size="sm" className={classes["body"] ?? ""}>
            {person}
          </Text>
        )}
        {item.body && (
          <Text size="sm" c="dimmed" className={classes["body"] ?? ""}>
            {item.body}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          <RelativeTime at={item.created_at} />
          {item.automation && ` · ${item.automation.name}`}
          {unread && <span className="visually-hidden"> · {t("bell.unread")}</span>}
        </Text>
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={format.named(verb, item.title)}
        className={classes["mark"] ?? ""}
        onClick={() => mark.mutate({ id: item.id, read: unread })}
        {...hint(verb)}
      >
        {unread ? <IconMailOpened size={16} /> : <IconMail size={16} />}
      </ActionIcon>
    </article>
  );
}
