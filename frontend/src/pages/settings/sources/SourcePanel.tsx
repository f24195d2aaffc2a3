import { Anchor, Code, Group, Select, Stack, Tabs, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useAttributes } from "@/api/attributes";
import { useDecideTrait, useSourceMessages, useSourceTraits } from "@/api/sources";
import type { Source, SourceMessage, SourceTrait } from "@/api/types";
import { Pill, type Tone } from "@/ui/badge/Pill";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { ItemRow } from "@/ui/list/ItemRow";
import { PanelBody, SidePanel } from "@/ui/panel/SidePanel";
import { RelativeTime } from "@/ui/time/RelativeTime";

const tones: Record<SourceMessage["result"], Tone> = { taken: "ok", waiting: "neutral", repeated: "neutral", refused: "bad" };
const byName = "@name";
const nowhere = "@nowhere";

/** What a source sent last with what became of it, and where its traits go. */
export function SourcePanel({ source, onClose }: { source: Source | null; onClose: () => void }) {
  const { t } = useTranslation("doors");
  return (
    <SidePanel opened={source !== null} onClose={onClose} title={source?.name ?? ""} size={640}>
      {source && (
        <PanelBody>
          <Tabs defaultValue="messages" keepMounted={false}>
            <Tabs.List mb="md">
              <Tabs.Tab value="messages">{t("sources.messages")}</Tabs.Tab>
              <Tabs.Tab value="traits">{t("sources.traits")}</Tabs.Tab>
            </Tabs.List>
            <Tabs.Panel value="messages">
              <Messages id={source.id} />
            </Tabs.Panel>
            <Tabs.Panel value="traits">
              <Traits id={source.id} />
            </Tabs.Panel>
          </Tabs>
        </PanelBody>
      )}
    </SidePanel>
  );
}

function Messages({ id }: { id: number }) {
  const { t } = useTranslation("doors");
  return (
    <Loaded query={useSourceMessages(id)} skeleton={<SkeletonRows count={4} />}>
      {({ items }) =>
        items.length === 0 ? (
          <Text c="dimmed">{t("sources.noMessages")}</Text>
        ) : (
          <div>
            {items.map((message) => (
              <MessageRow key={message.id} message={message} />
            ))}
          </div>
        )
      }
    </Loaded>
  );
}

function MessageRow({ message: { at, kind, name, result, problems, payload, contact } }: { message: SourceMessage }) {
  const { t } = useTranslation("doors");
  return (
    <ItemRow>
      <Group gap="xs">
        <Pill tone={tones[result]}>{t(`sources.result.${result}`)}</Pill>
        <Text fw={550}>{kind}</Text>
        {name && <Code>{name}</Code>}
        {contact && (
          <Anchor component={Link} to={`/contacts/${contact.id}`} size="sm">
            {contact.name}
          </Anchor>
        )}
        <Text size="sm" c="dimmed" ml="auto">
          <RelativeTime at={at} />
        </Text>
      </Group>
      {problems.map(({ field, message, remedy }) => (
        <Text key={`${field} ${message}`} size="sm" mt={4}>
          {field && <Code>{field}</Code>} {message} <span>{remedy}</span>
        </Text>
      ))}
      <details>
        <Text component="summary" size="sm" c="dimmed" style={{ cursor: "pointer" }}>
          {t("sources.raw")}
        </Text>
        {payload ? (
          <Code block mt={4} style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
            {JSON.stringify(payload, null, 2)}
          </Code>
        ) : (
          <Text size="sm">{t("sources.tooLong")}</Text>
        )}
      </details>
    </ItemRow>
  );
}

function Traits({ id }: { id: number }) {
  const { t } = useTranslation("doors");
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t("sources.traitsBody")}
      </Text>
      <Loaded query={useSourceTraits(id)} skeleton={<SkeletonRows count={4} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Text c="dimmed">{t("sources.noTraits")}</Text>
          ) : (
            <div>
              {items.map((trait) => (
                <TraitRow key={trait.name} source={id} trait={trait} />
              ))}
            </div>
          )
        }
      </Loaded>
    </Stack>
  );
}

function TraitRow({ source, trait: { name, example, attribute, chosen, ignored } }: { source: number; trait: SourceTrait }) {
  const { t } = useTranslation("doors");
  const attributes = useAttributes().data?.items ?? [];
  const decide = useDecideTrait(source);
  const standing = !chosen && attribute ? `${t("sources.byName")} (${attribute})` : t("sources.byName");
  const choose = (value: string | null) =>
    tellOutcome(
      decide.mutateAsync({ name, ignored: value === nowhere, attribute: value === byName || value === nowhere ? null : value }),
    );
  return (
    <ItemRow
      menu={
        <Select
          aria-label={t("sources.trait", { name })}
          size="sm"
          w={190}
          searchable
          allowDeselect={false}
          comboboxProps={{ withinPortal: true }}
          data={[
            { value: byName, label: standing },
            { value: nowhere, label: t("sources.nowhere") },
            ...attributes.map((each) => ({ value: each.name, label: each.name })),
          ]}
          value={ignored ? nowhere : chosen ? attribute : byName}
          onChange={choose}
        />
      }
    >
      <Group gap="xs">
        <Code>{name}</Code>
        {attribute === null && !ignored && <Pill tone="warn">?</Pill>}
      </Group>
      <Text size="sm" c="dimmed">
        {t("sources.example", { value: example })}
      </Text>
    </ItemRow>
  );
}
