import { Button, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconLink } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useTrackedLink } from "@/api/sites";
import { Card } from "@/ui/card/Card";
import { ContactSelect } from "@/ui/fields/ContactSelect";
import { useSaving } from "@/ui/useSaving";

import { Snippet } from "../Snippet";

/** A link to a page that says who comes by it, for mail and chats that are written by hand. */
export function TrackedLinkCard() {
  const { t } = useTranslation("settings");
  const make = useTrackedLink();
  const form = useForm<{ contact: number | null; address: string }>({
    initialValues: { contact: null, address: "" },
    onValuesChange: make.reset, // what was made is of another contact or page
  });
  const send = useSaving(form);
  const submit = form.onSubmit(({ contact, address }) => {
    if (contact === null) form.setFieldError("contact", t("trackedLink.nobody"));
    else send(make, { contact, address: address.trim() });
  });
  return (
    <Card title={t("trackedLink.title")}>
      <Text size="sm" c="dimmed" mb="md">
        {t("trackedLink.body")}
      </Text>
      <form onSubmit={submit}>
        <Stack gap="sm" align="flex-start">
          <ContactSelect
            w="100%"
            label={t("trackedLink.contact")}
            placeholder={t("trackedLink.search")}
            nothingFoundMessage={t("trackedLink.none")}
            value={form.values.contact}
            onChange={(contact) => form.setFieldValue("contact", contact)}
            error={form.errors["contact"]}
          />
          <TextInput
            w="100%"
            label={t("trackedLink.address")}
            placeholder="https://example.com/pricing"
            inputMode="url"
            {...form.getInputProps("address")}
          />
          <Button type="submit" variant="default" leftSection={<IconLink size={16} />} loading={make.isPending}>
            {t("trackedLink.make")}
          </Button>
        </Stack>
      </form>
      <div role="status">
        {make.data && (
          <>
            <Snippet code={make.data.address} label={t("trackedLink.copy")} />
            <Text size="sm" c="dimmed" mt="xs">
              {t("trackedLink.forwarded")}
            </Text>
          </>
        )}
      </div>
    </Card>
  );
}
