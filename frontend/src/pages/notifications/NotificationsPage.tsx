import { Button, SegmentedControl } from "@mantine/core";
import { IconBell } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useMarkAllRead, useNotifications } from "@/api/notifications";
import { Card } from "@/ui/card/Card";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { NotificationRow } from "@/ui/notifications/NotificationRow";
import { Page } from "@/ui/page/Page";
import { EndMark } from "@/ui/table/EndMark";

export default function NotificationsPage() {
  const { t } = useTranslation(["notifications", "common"]);
  const [unreadOnly, setUnreadOnly] = useState(false);
  const query = useNotifications({ unreadOnly });
  const markAll = useMarkAllRead();
  const items = query.items ?? [];
  return (
    <Page
      title={t("title")}
      subtitle={t("unread", { count: query.unread })}
      layout="narrow"
      actions={
        <Button variant="default" disabled={query.unread === 0} loading={markAll.isPending} onClick={() => markAll.mutate()}>
          {t("common:bell.readAll")}
        </Button>
      }
      toolbar={
        <SegmentedControl
          size="xs"
          aria-label={t("show")}
          value={unreadOnly ? "unread" : "all"}
          onChange={(value) => setUnreadOnly(value === "unread")}
          data={[
            { value: "all", label: t("all") },
            { value: "unread", label: t("unreadOnly") },
          ]}
        />
      }
    >
      <Loaded query={query} skeleton={<SkeletonRows height={64} />}>
        {() =>
          items.length === 0 ? (
            <EmptyState
              icon={<IconBell size={22} stroke={1.6} />}
              title={unreadOnly ? t("noneUnread") : t("none")}
              body={t("noneBody")}
            />
          ) : (
            <Card flush>
              {items.map((item) => (
                <NotificationRow key={item.id} item={item} />
              ))}
            </Card>
          )
        }
      </Loaded>
      {query.hasNextPage && <EndMark key={items.length} onSeen={() => void query.fetchNextPage()} />}
    </Page>
  );
}
