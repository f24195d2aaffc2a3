import { Anchor, Group, Stack, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { type StepPlace, useRenewAddress } from "@/api/hooks";
import { CopyValue } from "@/ui/actions/CopyValue";
import { useConfirmed } from "@/ui/actions/useConfirmed";

interface AddressFieldProps {
  place: StepPlace;
  url: string;
  /** Looked at only: no other address can be asked for. */
  disabled: boolean;
}

/** Where the step is called, to be copied into the other tool. */
export function AddressField({ place, url, disabled }: AddressFieldProps) {
  const { t } = useTranslation("hooks");
  const renew = useConfirmed(useRenewAddress(place));
  const ask = () => renew(undefined, { title: t("renew_title"), body: t("renew_body"), verb: t("renew_verb") });
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
        <CopyValue value={url} label={t("copy")} copied={t("copied")} variant="default" size="xs" iconSize={14} />
        {!disabled && (
          <Anchor component="button" type="button" size="xs" onClick={ask}>
            {t("renew")}
          </Anchor>
        )}
      </Group>
    </Stack>
  );
}
