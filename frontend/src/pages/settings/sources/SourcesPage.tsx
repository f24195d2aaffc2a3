import { Button, Code, Group, Switch, Text } from "@mantine/core";
import { IconPlugConnected } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useDeleteSource, useRollSource, useSources, useSwitchSource } from "@/api/sources";
import type { Source } from "@/api/types";
import { CopyValue } from "@/ui/actions/CopyValue";
import { useConfirmed } from "@/ui/actions/useConfirmed";
import { Pill } from "@/ui/badge/Pill";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { ItemRow } from "@/ui/list/ItemRow";
import { Items } from "@/ui/list/Items";
import { RelativeTime } from "@/ui/time/RelativeTime";

import { AddButton } from "../AddButton";
import { DeleteButton } from "../RowButtons";
import { SectionHead } from "../SectionHead";
import { NewSourcePanel } from "./NewSourcePanel";
import { SourcePanel } from "./SourcePanel";

/** Streams of events by Segment's protocol, each with its write key and what it sent last. */
export default function SourcesPage() {
  const { t } = useTranslation(["doors", "settings"]);
  const [open, setOpen] = useState<Source | "new" | null>(null);
  const add = (
    <AddButton permission="settings.edit" onClick={() => setOpen("new")}>
      {t("sources.new")}
    </AddButton>
  );
  return (
    <>
      <SectionHead title={t("settings:section.sources")} body={t("sources.body")} action={add} />
      <Items
        card
        query={useSources()}
        awaited={2}
        empty={<EmptyState icon={<IconPlugConnected size={22} />} title={t("sources.none")} body={t("sources.noneBody")} />}
      >
        {(source) => <SourceRow key={source.id} source={source} onOpen={() => setOpen(source)} />}
      </Items>
      <NewSourcePanel opened={open === "new"} onClose={() => setOpen(null)} />
      <SourcePanel source={open === "new" ? null : open} onClose={() => setOpen(null)} />
    </>
  );
}

function SourceRow({ source, onOpen }: { source: Source; onOpen: () => void }) {
  const { t } = useTranslation("doors");
  const turn = useSwitchSource();
  return (
    <ItemRow>
      <Group gap="xs">
        <Text fw={550}>{source.name}</Text>
        <Pill dot={false}>{t(`sources.kinds.${source.kind}`)}</Pill>
        <Seen source={source} />
      </Group>
      <Group gap="xs" mt="xs">
        <Text size="sm" c="dimmed">
          {t("sources.host")} <Code>{source.host}</Code>
        </Text>
        <Text size="sm" c="dimmed">
          {t("sources.key")} <Code style={{ overflowWrap: "anywhere" }}>{source.key}</Code>
        </Text>
        <CopyValue
          value={source.key}
          label={t("sources.copyKey")}
          copied={t("sources.copied")}
          variant="default"
          size="compact-sm"
          iconSize={14}
        />
      </Group>
      <Group gap="xs" mt="xs" justify="space-between">
        <Switch
          size="xs"
          label={t("sources.on")}
          checked={source.enabled}
          disabled={turn.isPending}
          onChange={({ currentTarget }) => tellOutcome(turn.mutateAsync({ id: source.id, enabled: currentTarget.checked }))}
        />
        <Deeds source={source} onOpen={onOpen} />
      </Group>
    </ItemRow>
  );
}

function Deeds({ source: { id, name }, onOpen }: { source: Source; onOpen: () => void }) {
  const { t } = useTranslation("doors");
  const roll = useConfirmed(useRollSource());
  const remove = useConfirmed(useDeleteSource());
  const askRoll = () =>
    roll(id, { title: t("sources.rollTitle", { name }), body: t("sources.rollBody"), verb: t("sources.rollVerb") });
  const askDelete = () => remove(id, { title: t("sources.deleteTitle", { name }), body: t("sources.deleteBody") });
  return (
    <Group gap={4}>
      <Button variant="light" size="compact-sm" onClick={onOpen}>
        {t("sources.open")}
      </Button>
      <Button variant="subtle" size="compact-sm" onClick={askRoll}>
        {t("sources.roll")}
      </Button>
      <DeleteButton permission="settings.edit" label={t("sources.deleteLabel", { name })} onClick={askDelete} />
    </Group>
  );
}

function Seen({ source: { enabled, seen_at } }: { source: Source }) {
  const { t } = useTranslation("doors");
  if (!enabled) return <Pill tone="warn">{t("sources.off")}</Pill>;
  if (seen_at === null) return <Pill>{t("sources.unseen")}</Pill>;
  return (
    <Pill tone="ok">
      {t("sources.seen")} <RelativeTime at={seen_at} />
    </Pill>
  );
}
