import { SegmentedControl, Select, Stack, TagsInput, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Person } from "@/api/rehearsals";
import { useDocument, useEditorScope } from "@/canvas/state/EditorContext";
import { AttributeInput } from "@/ui/fields/AttributeInput";
import { ContactSelect } from "@/ui/fields/ContactSelect";

import { attributesIn } from "./script";

/** Who goes: a real contact, or one that is made up. */
export interface Goer {
  readonly real: boolean;
  readonly contact: number | null;
  readonly person: Person;
}

export const nobody: Person = { email: null, owner: null, attributes: {}, lists: [], tags: [] };

export function PersonFields({ goer, onChange }: { goer: Goer; onChange: (goer: Goer) => void }) {
  const { t } = useTranslation("rehearsals");
  return (
    <Stack gap="sm">
      <SegmentedControl
        aria-label={t("who.title")}
        data={[
          { value: "made", label: t("who.made") },
          { value: "real", label: t("who.real") },
        ]}
        value={goer.real ? "real" : "made"}
        onChange={(way) => onChange({ ...goer, real: way === "real" })}
      />
      {goer.real ? (
        <ContactSelect
          label={t("who.contact")}
          placeholder={t("who.search")}
          nothingFoundMessage={t("who.none")}
          value={goer.contact}
          onChange={(contact) => onChange({ ...goer, contact })}
        />
      ) : (
        <Facts person={goer.person} onChange={(person) => onChange({ ...goer, person })} />
      )}
    </Stack>
  );
}

/** The facts that the automation asks about, and any other. */
function Facts({ person, onChange }: { person: Person; onChange: (person: Person) => void }) {
  const { t } = useTranslation("rehearsals");
  const { attributes, tags } = useEditorScope().vocabulary;
  const document = useDocument();
  const asked = attributesIn(document, attributes.map(({ name }) => name));
  const [more, setMore] = useState<readonly string[]>([]);
  const shown = attributes.filter(({ name }) => asked.includes(name) || more.includes(name));
  const rest = attributes.filter(({ name }) => !asked.includes(name) && !more.includes(name));
  return (
    <Stack gap="xs">
      {asked.length === 0 && more.length === 0 && (
        <Text size="sm" c="dimmed">
          {t("who.noFacts")}
        </Text>
      )}
      {shown.map((attribute) => (
        <AttributeInput
          key={attribute.name}
          attribute={attribute}
          label={attribute.name}
          value={person.attributes[attribute.name]}
          onChange={(value) => onChange({ ...person, attributes: { ...person.attributes, [attribute.name]: value } })}
        />
      ))}
      <TagsInput
        label={t("who.tags")}
        data={tags}
        value={person.tags}
        onChange={(chosen) => onChange({ ...person, tags: chosen })}
      />
      {rest.length > 0 && (
        <Select
          aria-label={t("who.addFact")}
          placeholder={t("who.addFact")}
          searchable
          data={rest.map(({ name }) => name)}
          value={null}
          onChange={(name) => name && setMore([...more, name])}
        />
      )}
    </Stack>
  );
}
