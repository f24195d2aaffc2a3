import { Button, Group, Popover, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";

import { useDeleteSegment, useSaveSegment } from "@/api/segments";
import type { Condition, Segment } from "@/api/types";
import { useConfirmed } from "@/ui/actions/useConfirmed";
import { toastDone, toastProblem } from "@/ui/feedback/toast";
import { showProblem } from "@/ui/forms";

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
  const done = ({ id, name }: Segment) => {
    toastDone({ message: t("segmentSaved", { name }) });
    popover.close();
    onSaved(id);
  };
  const change = ({ id, name }: Segment) => save.mutate({ id, name, condition }, { onSuccess: done, onError: toastProblem });
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
          <Button variant="default" loading={save.isPending} onClick={() => change(segment)}>
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
          <form
            onSubmit={form.onSubmit(({ name }) =>
              save.mutate({ name, condition }, { onSuccess: done, onError: (error) => showProblem(form, error) }),
            )}
          >
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
