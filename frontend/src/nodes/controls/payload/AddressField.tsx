import { Anchor, Button, CopyButton, Group, Stack, TextInput } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { type StepPlace, useRenewAddress } from "@/api/hooks";
import { useConfirm } from "@/ui/actions/useConfirm";
import { toastProblem } from "@/ui/feedback/toast";

interface AddressFieldProps {
  place: StepPlace;
  url: string;
  /** Looked at only: no other address can be asked for. */
  disabled: boolean;
}

/** Where the step is called, to be copied into the other tool. */
export function AddressField({ place, url, disabled }: AddressFieldProps) {
  const { t } = useTranslation("hooks");
  const renew = useRenewAddress(place);
  const confirm = useConfirm();
  const ask = () =>
    confirm({
      title: t("renew_title"),
      body: t("renew_body"),
      verb: t("renew_verb"),
      onConfirm: () => renew.mutate(undefined, { onError: toastProblem }),
    });
  return (
    <Stack gap={6}>
      <TextInput
        label={t("address")}
        description={t("address_hint")}
        value={url}
        readOnly
        onFocus={(event) => event.currentTarget.select()}
        styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", textOverflow: "ellipsis" } }}
      />
      <Group gap="sm">
        <CopyButton value={url}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              leftSection={copied ? <IconCheck size={14} aria-hidden /> : <IconCopy size={14} aria-hidden />}
              onClick={copy}
              aria-live="polite"
            >
              {t(copied ? "copied" : "copy")}
            </Button>
          )}
        </CopyButton>
        {!disabled && (
          <Anchor component="button" type="button" size="xs" onClick={ask}>
            {t("renew")}
          </Anchor>
        )}
      </Group>
    </Stack>
  );
}
