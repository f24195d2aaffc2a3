import { Button, Group, Stack, Textarea } from "@mantine/core";
import { IconClipboardText } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type StepPlace, useKeepExample } from "@/api/hooks";
import { problemWords } from "@/ui/feedback/toast";

interface PasteExampleProps {
  place: StepPlace;
  /** Called with the call that the example was kept as. */
  onKept: (call: number) => void;
}

/** An example of what will be sent, written or pasted, for whoever cannot send one yet. */
export function PasteExample({ place, onKept }: PasteExampleProps) {
  const { t } = useTranslation(["hooks", "common"]);
  const [text, setText] = useState<string>();
  const [fault, setFault] = useState<string>();
  const keep = useKeepExample(place);
  if (text === undefined) {
    return (
      <Button
        size="xs"
        variant="default"
        leftSection={<IconClipboardText size={14} aria-hidden />}
        onClick={() => setText("")}
      >
        {t("paste")}
      </Button>
    );
  }
  const use = () => {
    const payload = read(text);
    if (!payload) {
      setFault(t("paste_fault"));
      return;
    }
    keep.mutate(payload, {
      onSuccess: ({ id }) => {
        setText(undefined);
        onKept(id);
      },
      onError: (error) => setFault(problemWords(error)),
    });
  };
  return (
    <Stack gap="xs">
      <Textarea
        label={t("paste_label")}
        description={t("paste_hint")}
        placeholder={'{"customer": {"email": "maria@example.com"}}'}
        value={text}
        onChange={({ currentTarget }) => {
          setText(currentTarget.value);
          setFault(undefined);
        }}
        error={fault}
        autosize
        minRows={4}
        maxRows={14}
        autoFocus
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
      />
      <Group gap="xs">
        <Button size="xs" onClick={use} loading={keep.isPending} disabled={text.trim() === ""}>
          {t("paste_use")}
        </Button>
        <Button size="xs" variant="subtle" onClick={() => setText(undefined)}>
          {t("common:cancel")}
        </Button>
      </Group>
    </Stack>
  );
}

/** The object that the text says, if it says one. */
function read(text: string): Record<string, unknown> | undefined {
  try {
    const found: unknown = JSON.parse(text);
    return typeof found === "object" && found !== null && !Array.isArray(found) ? { ...found } : undefined;
  } catch {
    return undefined;
  }
}
