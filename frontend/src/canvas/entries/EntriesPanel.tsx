import { Button, SegmentedControl, Select, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Automation } from "@/api/editor";
import { useContactCount } from "@/api/contacts";
import { type Entrants, useBulkEntries, useEnter } from "@/api/entries";
import { useSegments } from "@/api/segments";
import { useCan } from "@/api/session";
import type { Condition } from "@/api/types";
import { useEditor, useEditorScope } from "@/canvas/state/EditorContext";
import { ConditionBuilder } from "@/nodes/ConditionBuilder";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastDone } from "@/ui/feedback/toast";
import { ContactsField } from "@/ui/fields/ContactsField";
import { PanelForm } from "@/ui/panel/PanelForm";
import { PanelBody, SidePanel } from "@/ui/panel/SidePanel";

import { CrowdCard } from "./CrowdCard";

type Way = "segment" | "condition" | "contacts";

const everybody: Condition = { all: [] };

/** Who is let in by hand: choosing them, with their number, and how far those chosen before have come. */
export function EntriesPanel({ automation }: { automation: Automation }) {
  const { t } = useTranslation("entries");
  const { editor } = useEditorScope();
  const opened = useEditor((state) => state.panel === "entries");
  const may = useCan()("automations.enter") && automation.state === "active";
  return (
    <SidePanel opened={opened} onClose={() => editor.setState({ panel: null })} title={t("title")}>
      {may ? (
        <EntryForm automation={automation} />
      ) : (
        <PanelBody>
          <Crowds automation={automation.id} />
        </PanelBody>
      )}
    </SidePanel>
  );
}

function EntryForm({ automation: { id, name } }: { automation: Automation }) {
  const { t } = useTranslation("entries");
  const enter = useEnter();
  const [way, setWay] = useState<Way>("segment");
  const [segment, setSegment] = useState<string | null>(null);
  const [condition, setCondition] = useState<Condition>(everybody);
  const [contacts, setContacts] = useState<number[]>([]);
  const segments = useSegments().data?.items ?? [];
  const counted = useContactCount(condition, way === "condition").data?.count;
  const count = {
    segment: segments.find((each) => String(each.id) === segment)?.count ?? 0,
    condition: counted ?? 0,
    contacts: contacts.length,
  }[way];
  const who: Record<Way, Entrants> = {
    segment: { crowd: { segment: Number(segment), condition: null, search: "" } },
    condition: { crowd: { segment: null, condition, search: "" } },
    contacts: { contacts },
  };
  const clear = () => {
    setSegment(null);
    setContacts([]);
  };
  return (
    <PanelForm
      onSubmit={(event) => {
        event.preventDefault();
        const asked = enter.mutateAsync({ automation: id, who: who[way] }, { onSuccess: clear });
        tellOutcome(asked, (accepted) => toastDone({ message: t("asked", { count: accepted, name }) }));
      }}
      footer={
        <Button type="submit" disabled={count === 0} loading={enter.isPending}>
          {t("verb", { count })}
        </Button>
      }
    >
      <Stack gap="md">
        <SegmentedControl
          aria-label={t("who")}
          data={(["segment", "condition", "contacts"] as const).map((value) => ({ value, label: t(`way.${value}`) }))}
          value={way}
          onChange={(value) => setWay(value)}
        />
        {way === "segment" && (
          <Select
            label={t("segment")}
            placeholder={t("chooseSegment")}
            searchable
            nothingFoundMessage={t("noSegments")}
            data={segments.map((each) => ({ value: String(each.id), label: each.name }))}
            value={segment}
            onChange={setSegment}
          />
        )}
        {way === "condition" && (
          <ConditionBuilder
            label={t("way.condition")}
            value={condition}
            onChange={setCondition}
          />
        )}
        {way === "contacts" && (
          <ContactsField label={t("way.contacts")} value={contacts} current={[]} onChange={setContacts} />
        )}
        <Text size="sm" c="dimmed">
          {t("effect")}
        </Text>
        <Crowds automation={id} />
      </Stack>
    </PanelForm>
  );
}

function Crowds({ automation }: { automation: number }) {
  const { t } = useTranslation("entries");
  const crowds = useBulkEntries(automation, true).data ?? [];
  if (crowds.length === 0) return null;
  return (
    <section>
      <Title order={3} size="h5" mb="sm">
        {t("crowds")}
      </Title>
      <Stack gap="lg">
        {crowds.map((crowd) => (
          <CrowdCard key={crowd.id} automation={automation} crowd={crowd} />
        ))}
      </Stack>
    </section>
  );
}
