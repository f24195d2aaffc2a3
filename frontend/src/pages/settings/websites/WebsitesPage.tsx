import { Badge, Group, Stack, Text } from "@mantine/core";
import { IconPlus, IconWorld } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useDeleteSite, useSites } from "@/api/sites";
import type { Site } from "@/api/types";
import { GuardedButton } from "@/ui/actions/GuardedButton";
import { useConfirm } from "@/ui/actions/useConfirm";
import { Card } from "@/ui/card/Card";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { toastProblem } from "@/ui/feedback/toast";
import { ItemRow } from "@/ui/list/ItemRow";
import { RelativeTime } from "@/ui/time/RelativeTime";

import { SectionHead } from "../SectionHead";
import { Snippet } from "../Snippet";
import { CategoriesCard } from "./CategoriesCard";
import { SitePanel } from "./SitePanel";
import { Worker } from "./Worker";

/** The websites that may send, each with the snippet that makes it. */
export default function WebsitesPage() {
  const { t } = useTranslation("settings");
  const [open, setOpen] = useState<Site | "new" | null>(null);
  const add = (
    <GuardedButton permission="settings.edit" leftSection={<IconPlus size={16} />} onClick={() => setOpen("new")}>
      {t("websites.new")}
    </GuardedButton>
  );
  return (
    <>
      <SectionHead title={t("section.websites")} body={t("websites.body")} action={add} />
      <Loaded query={useSites()} skeleton={<SkeletonRows count={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={<IconWorld size={22} />} title={t("websites.none")} body={t("websites.noneBody")} />
          ) : (
            <Stack gap="lg">
              <Card flush>
                {items.map((site) => (
                  <SiteRow key={site.id} site={site} onEdit={() => setOpen(site)} />
                ))}
              </Card>
              <CategoriesCard />
            </Stack>
          )
        }
      </Loaded>
      <SitePanel open={open} onClose={() => setOpen(null)} />
    </>
  );
}

function SiteRow({ site, onEdit }: { site: Site; onEdit: () => void }) {
  const { t } = useTranslation(["settings", "common"]);
  const confirm = useConfirm();
  const remove = useDeleteSite();
  const ask = () =>
    confirm({
      title: t("websites.delete.title", { name: site.name }),
      body: t("websites.delete.body"),
      verb: t("common:delete"),
      onConfirm: () => remove.mutate(site.id, { onError: toastProblem }),
    });
  return (
    <ItemRow
      menu={
        <Group gap={4} wrap="nowrap">
          <GuardedButton permission="settings.edit" variant="subtle" size="compact-sm" onClick={onEdit}>
            {t("common:edit")}
          </GuardedButton>
          <GuardedButton
            permission="settings.edit"
            variant="subtle"
            color="red"
            size="compact-sm"
            onClick={ask}
            aria-label={t("websites.deleteLabel", { name: site.name })}
          >
            {t("common:delete")}
          </GuardedButton>
        </Group>
      }
    >
      <Group gap="xs">
        <Text fw={550}>{site.name}</Text>
        <Seen at={site.seen_at} />
      </Group>
      <Text size="sm" c="dimmed">
        {site.domains.join(", ")}
      </Text>
      <Snippet code={site.snippet} label={t("websites.copy")} />
      <Worker code={site.worker} />
    </ItemRow>
  );
}

function Seen({ at }: { at: string | null }) {
  const { t } = useTranslation("settings");
  if (at === null) {
    return (
      <Badge variant="light" color="gray">
        {t("websites.unseen")}
      </Badge>
    );
  }
  return (
    <Badge variant="light" color="green">
      {t("websites.seen")} <RelativeTime at={at} />
    </Badge>
  );
}
