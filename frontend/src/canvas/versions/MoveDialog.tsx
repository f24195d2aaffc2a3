import { Button, Group, Modal, Stack } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { Automation } from "@/api/editor";
import { useInside, useMovePeople } from "@/api/versions";
import { useEditorScope } from "@/canvas/state/EditorContext";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastDone } from "@/ui/feedback/toast";

import { areWhole, type Choices, everybodyStays, sent, stay } from "./choices";
import { PeopleChoice } from "./PeopleChoice";
import { useSide } from "./words";

interface MoveDialogProps {
  automation: Automation;
  /** The version that is live. */
  version: number;
  opened: boolean;
  onClose: () => void;
}

const nothingToSave = () => Promise.resolve();
const everybodyMoves: Choices = { ...everybodyStays, everybody: { ...stay, way: "move" } };

/** Moves those who stayed in older versions to the one that is live. */
export function MoveDialog({ automation, version, opened, onClose }: MoveDialogProps) {
  const { t } = useTranslation(["versions", "common"]);
  const { catalog } = useEditorScope();
  const inside = useInside(automation.id, "live", nothingToSave, opened);
  const { document, summaries } = useSide(automation.live_document ?? automation.document);
  const [choices, setChoices] = useState(everybodyMoves);
  const move = useMovePeople(automation.id);
  const submit = () =>
    tellOutcome(move.mutateAsync(sent(choices), { onSuccess: onClose }), () =>
      toastDone({ message: t("move.done", { version }) }),
    );
  return (
    <Modal
      stackId="move"
      opened={opened}
      onClose={onClose}
      size={980}
      title={t("move.title", { version })}
      closeButtonProps={{ "aria-label": t("common:close") }}
    >
      <Stack gap="lg">
        <Loaded query={inside} skeleton={<SkeletonRows count={4} />}>
          {({ places, contacts }) => (
            <PeopleChoice
              places={places}
              contacts={contacts}
              choices={choices}
              onChange={setChoices}
              document={document}
              summaries={summaries}
              catalog={catalog}
            />
          )}
        </Loaded>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t("common:cancel")}
          </Button>
          <Button loading={move.isPending} disabled={!areWhole(choices) || !inside.data?.contacts} onClick={submit}>
            {t("move.verb")}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
