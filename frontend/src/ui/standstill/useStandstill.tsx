import { Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { atOnce, fetchResumePreview, usePause, useResume, useStop } from "@/api/standstill";
import type { ResumePreview, Stop } from "@/api/types";
import { useConfirm } from "@/ui/actions/useConfirm";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastDone, toastProblem } from "@/ui/feedback/toast";

/** Pause, resume and stop of one automation; each says that it worked, and asks before where there is something to ask. */
export function useStandstill({ id, name }: { id: number; name: string }) {
  const { t } = useTranslation("standstill");
  const pausing = usePause(id);
  const resuming = useResume(id);
  const stopping = useStop(id);
  const confirm = useConfirm();
  const goOn = () =>
    resuming.mutateAsync(atOnce).then(() => toastDone({ message: t("resumed", { name }) }));
  const looking = useMutation({
    mutationFn: async () => {
      const preview = await fetchResumePreview(id);
      await (preview.contacts + preview.deliveries > 0 ? askHow({ id, name }, preview, t) : goOn());
    },
    onError: toastProblem,
  });
  const stopNow = (wish: Stop) =>
    tellOutcome(stopping.mutateAsync(wish), (count) => toastDone({ message: t("stop.done", { count }) }));
  return {
    pausing: pausing.isPending,
    pause: () =>
      tellOutcome(pausing.mutateAsync(), () =>
        toastDone({ message: t("paused", { name }), undo: () => tellOutcome(goOn()) }),
      ),
    resuming: looking.isPending,
    /** Goes on at once, or, if anything fell due meanwhile, asks what is to become of it. */
    resume: () => looking.mutate(),
    /** Asks before: `count` contacts, all inside or those the wish names, `contact` if it is one. */
    stop: (wish: Stop, count: number, contact?: string) =>
      confirm({
        title: contact ? t("stop.single_title", { contact }) : t(wish.node ? "stop.step_title" : "stop.title", { name }),
        body: (
          <Stack gap="xs">
            <Text size="md">{t("stop.body", { count })}</Text>
            <Text size="sm" c="dimmed">
              {t("stop.goes_on")}
            </Text>
          </Stack>
        ),
        verb: t("stop.verb"),
        onConfirm: () => stopNow(wish),
      }),
  };
}

async function askHow(
  automation: { id: number; name: string },
  preview: ResumePreview,
  t: (key: "resume.title", values: { name: string }) => string,
): Promise<void> {
  const [{ modals }, { ResumeForm }] = await Promise.all([import("@mantine/modals"), import("./ResumeForm")]);
  const close = () => modals.close(shown);
  const shown: string = modals.open({
    title: t("resume.title", { name: automation.name }),
    size: 520,
    children: <ResumeForm automation={automation} preview={preview} onClose={close} />,
  });
}
