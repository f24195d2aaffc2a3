import { Button, Group, Popover, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";

import { useDeleteSegment, useSaveSegment } from "@/api/segments";
import type { Condition, Segment } from "@/api/types";
import { useConfirmed } from "@/ui/actions/useConfirmed";
import { useSaving } from "@/ui/useSaving";

interface SegmentButtonsProps {
  segment: Segment | undefined;
  condition: Condition;
  onSaved: (id: number | null) => void;
}

/** Keeps the condition as a new segment; changes or deletes the one whose tab is open. */
export function SegmentButtons({ segment, condition, onSaved }: SegmentButtonsProps) {
  const { t } = useTranslation(["contacts", "common"]);
  const [opened, popover] = useDisclosure(false);
  const save = useSaveSegment();
  const remove = useConfirmed(useDeleteSegment());
  const form = useForm({ mode: "uncontrolled", initialValues: { name: "" } });
  const send = useSaving(form, opened);
  const keep = (which: Pick<Segment, "name"> & Partial<Pick<Segment, "id">>) => {
    const done = ({ id }: Segment) => {
      popover.close();
      onSaved(id);
    };
    send(save, { ...which, condition }, { said: t("segmentSaved", { name: which.name }), onDone: done });
  };
  const ask = ({ id, name }: Segment) =>
    remove(id, {
      title: t("deleteSegment.title", { name }),
      body: t("deleteSegment.body"),
      onDone: () => onSaved(null),
    });
  return (
    <Group gap="xs" ml={{ base: 0, sm: "auto" }}>
      {segment && (
        <>
          <Button variant="subtle" color="red" onClick={() => ask(segment)}>
            {t("deleteSegment.verb")}
          </Button>
          <Button variant="default" loading={save.isPending} onClick={() => keep({ id: segment.id, name: segment.name })}>
            {t("updateSegment", { name: segment.name })}
          </Button>
        </>
      )}
      <Popover opened={opened} onChange={(open) => !open && popover.close()} position="bottom-end" width={280} trapFocus returnFocus>
        <Popover.Target>
          <Button variant="default" onClick={popover.toggle} aria-expanded={opened}>
            {t("saveSegment")}
          </Button>
        </Popover.Target>
        <Popover.Dropdown aria-label={t("saveSegment")}>
          <form onSubmit={form.onSubmit(({ name }) => keep({ name }))}>
            <Stack gap="sm">
              <TextInput
                label={t("segmentName")}
                required
                withAsterisk={false}
                data-autofocus
                maxLength={200}
                key={form.key("name")}
                {...form.getInputProps("name")}
              />
              <Button type="submit" loading={save.isPending}>
                {t("common:save")}
              </Button>
            </Stack>
          </form>
        </Popover.Dropdown>
      </Popover>
    </Group>
  );
}
