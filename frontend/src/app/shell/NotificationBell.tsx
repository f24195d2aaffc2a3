import { ActionIcon, Button, Group, Indicator, Popover, type PopoverProps, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBell } from "@tabler/icons-react";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useMarkAllRead, useNotifications } from "@/api/notifications";
import { useCan } from "@/api/session";
import { letListTell } from "@/app/useAlertToasts";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { NotificationRow } from "@/ui/notifications/NotificationRow";

import classes from "./NotificationBell.module.css";

const shown = 6;

/** The bell: how many notifications are unread, live, and the newest of them. */
export function NotificationBell({ position }: { position: NonNullable<PopoverProps["position"]> }) {
  const { t } = useTranslation();
  const allowed = useCan()("notifications.view");
  const query = useNotifications({ enabled: allowed });
  const markAll = useMarkAllRead();
  const [opened, { toggle, close }] = useDisclosure(false);
  const { unread } = query;
  useEffect(() => {
    letListTell(opened);
    return () => letListTell(false);
  }, [opened]);
  if (!allowed) return null;
  return (
    <Popover opened={opened} onDismiss={close} position={position} width={360} trapFocus returnFocus withinPortal>
      <Popover.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={36}
          aria-label={t("bell.label", { count: unread })}
          className={classes["bell"] ?? ""}
          onClick={toggle}
        >
          <Indicator
            label={unread > 99 ? "99+" : unread}
            size={16}
            offset={unread > 9 ? { x: -3, y: 1 } : 2}
            disabled={unread === 0}
            color="red.8"
            classNames={{ indicator: classes["unread"] ?? "" }}
          >
            <IconBell size={19} stroke={1.7} style={{ display: "block" }} />
          </Indicator>
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label={t("nav.notifications")}>
        <Group justify="space-between" px="md" py="xs" className={classes["head"] ?? ""}>
          <Text fw={600}>{t("nav.notifications")}</Text>
          <Button size="compact-sm" variant="subtle" disabled={unread === 0} onClick={() => markAll.mutate()}>
            {t("bell.readAll")}
          </Button>
        </Group>
        <div className={classes["list"]}>
          <Loaded query={query} skeleton={<SkeletonRows count={3} />}>
            {() =>
              query.items?.length ? (
                query.items.slice(0, shown).map((item) => <NotificationRow key={item.id} item={item} onOpen={close} />)
              ) : (
                <Stack align="center" p="xl">
                  <Text c="dimmed">{t("bell.empty")}</Text>
                </Stack>
              )
            }
          </Loaded>
        </div>
        <Button component={Link} to="/notifications" variant="subtle" fullWidth radius={0} onClick={close}>
          {t("bell.all")}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
}
