import { Anchor, Group, Text } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Automation } from "@/api/editor";
import { useInside } from "@/api/versions";
import { useDocument, useEditorScope } from "@/canvas/state/EditorContext";
import { diffOf, sizeOf } from "@/flow/diff";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";

import type { Choices } from "./choices";
import { useComparison } from "./comparison";
import { PeopleChoice } from "./PeopleChoice";

/** How much a publication changes, with the way to look at it. */
export function PublishChanges({ automation, onSee }: { automation: Automation; onSee: () => void }) {
  const { t } = useTranslation("versions");
  const document = useDocument();
  const { live_document: live, version } = automation;
  const { show } = useComparison();
  const count = useMemo(() => (live ? sizeOf(diffOf(live, document)) : 0), [live, document]);
  if (version === null) return null;
  const see = () => {
    onSee();
    show({ shown: "draft", with: version });
  };
  return (
    <Group justify="space-between">
      <Text>{t("changes", { count, version })}</Text>
      <Anchor component="button" type="button" onClick={see}>
        {t("see")}
      </Anchor>
    </Group>
  );
}

interface PublishPeopleProps {
  automation: Automation;
  summaries: Readonly<Record<string, string>>;
  save: () => Promise<unknown>;
  choices: Choices;
  onChange: (choices: Choices) => void;
}

/** Who is inside when a new version is published, and what shall become of them. */
export function PublishPeople({ automation, summaries, save, choices, onChange }: PublishPeopleProps) {
  const { t } = useTranslation("versions");
  const { catalog } = useEditorScope();
  const document = useDocument();
  const inside = useInside(automation.id, "draft", save, true);
  return (
    <section aria-label={t("people.title")}>
      <Text fw={600} mb="xs">
        {t("people.title")}
      </Text>
      <Loaded query={inside} skeleton={<SkeletonRows count={3} />}>
        {({ places, contacts }) => (
          <PeopleChoice
            places={places}
            contacts={contacts}
            choices={choices}
            onChange={onChange}
            document={document}
            summaries={summaries}
            catalog={catalog}
          />
        )}
      </Loaded>
    </section>
  );
}
