import { Button, Group, Stack, Text } from "@mantine/core";
import { IconArrowMerge, IconArrowsExchange } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { useMerge, useMergePreview, useUndoMerge } from "@/api/merges";
import type { MergePreview } from "@/api/types";
import { Card } from "@/ui/card/Card";
import { contactName } from "@/ui/contactName";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastDone } from "@/ui/feedback/toast";

import classes from "./ContactMerge.module.css";
import { FieldChoice } from "./FieldChoice";
import { isOpen, type Way } from "./ways";
import { WhatComesAlong } from "./WhatComesAlong";

/** Both contacts field by field, what comes along, and the act itself. */
export function SideBySide({ id, other }: { id: number; other: number }) {
  return (
    <Loaded query={useMergePreview(id, other)} skeleton={<SkeletonRows />}>
      {(preview) => <Choices preview={preview} />}
    </Loaded>
  );
}

function Choices({ preview }: { preview: MergePreview }) {
  const { t } = useTranslation(["merge", "common"]);
  const { kept, other } = preview;
  const [chosen, setChosen] = useState<Record<string, Way>>({});
  const { act, pending } = useAct(preview, chosen);
  const fields = preview.fields.filter(isOpen);
  const [keptName, otherName] = namesOf(preview);
  return (
    <Stack gap="md">
      <Card
        title={t("choose")}
        flush
        action={
          <Button
            component={Link}
            to={`/contacts/${String(other.id)}/merge?with=${String(kept.id)}`}
            replace
            variant="default"
            size="xs"
            leftSection={<IconArrowsExchange size={14} />}
          >
            {t("swap", { name: otherName })}
          </Button>
        }
      >
        <div className={classes["heads"]}>
          <span />
          <Text fw={600}>{t("kept", { name: keptName })}</Text>
          <Text fw={600}>{t("other", { name: otherName })}</Text>
        </div>
        {fields.map((field) => (
          <FieldChoice
            key={field.name}
            field={field}
            way={chosen[field.name] ?? field.ways[0] ?? "kept"}
            onChange={(way) => setChosen({ ...chosen, [field.name]: way })}
          />
        ))}
        {fields.length === 0 && (
          <Text c="dimmed" p="md">
            {t("same")}
          </Text>
        )}
      </Card>
      <WhatComesAlong preview={preview} />
      <Group justify="flex-end">
        <Button component={Link} to={`/contacts/${String(kept.id)}`} variant="default">
          {t("common:cancel")}
        </Button>
        <Button leftSection={<IconArrowMerge size={16} />} loading={pending} onClick={act}>
          {t("merge")}
        </Button>
      </Group>
    </Stack>
  );
}

/** What the two are called; by their addresses where that is the same, as it often is of one person. */
function namesOf({ kept, other }: MergePreview): [string, string] {
  const names: [string, string] = [contactName(kept), contactName(other)];
  if (names[0] !== names[1]) return names;
  return [kept.email ?? kept.phone ?? `#${String(kept.id)}`, other.email ?? other.phone ?? `#${String(other.id)}`];
}

function useAct({ kept, other }: MergePreview, fields: Record<string, Way>) {
  const { t } = useTranslation(["merge", "contact"]);
  const navigate = useNavigate();
  const merge = useMerge(kept.id);
  const undo = useUndoMerge(kept.id);
  const name = contactName(other);
  const back = (id: number) =>
    tellOutcome(undo.mutateAsync(id), () => toastDone({ message: t("contact:merge.back", { name }) }));
  const act = () =>
    tellOutcome(
      merge.mutateAsync(
        { contact_id: other.id, fields },
        { onSuccess: () => void navigate(`/contacts/${String(kept.id)}`) },
      ),
      ({ id }) => toastDone({ message: t("done", { name }), undo: () => back(id) }),
    );
  return { act, pending: merge.isPending };
}
