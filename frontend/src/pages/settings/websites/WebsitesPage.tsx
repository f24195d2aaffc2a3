import { Badge, Group, Stack, Text } from "@mantine/core";
import { IconWorld } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useDeleteSite, useSites } from "@/api/sites";
import type { Site } from "@/api/types";
import { useConfirmed } from "@/ui/actions/useConfirmed";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { ItemRow } from "@/ui/list/ItemRow";
import { Items } from "@/ui/list/Items";
import { RelativeTime } from "@/ui/time/RelativeTime";

import { AddButton } from "../AddButton";
import { RowButtons } from "../RowButtons";
import { SectionHead } from "../SectionHead";
import { Snippet } from "../Snippet";
import { CategoriesCard } from "./CategoriesCard";
import { SitePanel } from "./SitePanel";
import { TrackedLinkCard } from "./TrackedLinkCard";
import { Worker } from "./Worker";

/** The websites that may send, each with the snippet that makes it. */
export default function WebsitesPage() {
  const { t } = useTranslation("settings");
  const [open, setOpen] = useState<Site | "new" | null>(null);
  const sites = useSites();
  const add = (
    <AddButton permission="settings.edit" onClick={() => setOpen("new")}>
      {t("websites.new")}
    </AddButton>
  );
  return (
    <>
      <SectionHead title={t("section.websites")} body={t("websites.body")} action={add} />
      <Stack gap="lg">
        <Items
          card
          query={sites}
          awaited={2}
          empty={<EmptyState icon={<IconWorld size={22} />} title={t("websites.none")} body={t("websites.noneBody")} />}
        >
          {(site) => <SiteRow key={site.id} site={site} onEdit={() => setOpen(site)} />}
        </Items>
        {sites.data && sites.data.items.length > 0 && (
          <>
            <TrackedLinkCard />
            <CategoriesCard />
          </>
        )}
      </Stack>
      <SitePanel open={open} onClose={() => setOpen(null)} />
    </>
  );
}

function SiteRow({ site, onEdit }: { site: Site; onEdit: () => void }) {
  const { t } = useTranslation("settings");
  const remove = useConfirmed(useDeleteSite());
  const ask = () =>
    remove(site.id, { title: t("websites.delete.title", { name: site.name }), body: t("websites.delete.body") });
  return (
    <ItemRow
      menu={
        <RowButtons
          permission="settings.edit"
          onEdit={onEdit}
          deleteLabel={t("websites.deleteLabel", { name: site.name })}
          onDelete={ask}
        />
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
