import { ActionIcon, Button, Group, NumberInput, Select, Skeleton, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { type MailRate, useMailRates, useSaveMailRates } from "@/api/mailing";
import { Card } from "@/ui/card/Card";
import { Loaded } from "@/ui/feedback/Loaded";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastDone } from "@/ui/feedback/toast";

const whose = ["domain", "sender"] as const;
const spans = ["minute", "hour", "day"] as const;
const fresh: MailRate = { of: "domain", name: "", most: 100, per: "minute" };

/** How fast mail may leave, by sender and by domain of recipients. */
export function RatesCard() {
  const { t } = useTranslation("mail");
  return (
    <Card title={t("rates.title")}>
      <Loaded query={useMailRates()} skeleton={<Skeleton height={90} radius="lg" />}>
        {({ items }) => <RatesForm items={items} />}
      </Loaded>
    </Card>
  );
}

function RatesForm({ items }: { items: MailRate[] }) {
  const { t } = useTranslation(["mail", "common"]);
  const save = useSaveMailRates();
  const form = useForm({ initialValues: { items } });
  const submit = form.onSubmit((values) =>
    tellOutcome(save.mutateAsync(values), () => toastDone({ message: t("saved") })),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <Text c="dimmed">{t("rates.body")}</Text>
        {form.values.items.map((_, at) => (
          // Rates have no identity but their place: what is typed at a place stays there.
          // oxlint-disable-next-line react/no-array-index-key
          <Group key={at} gap="xs" align="flex-end">
            <Select
              label={t("rates.of")}
              w={150}
              allowDeselect={false}
              data={whose.map((value) => ({ value, label: t(`rates.whose.${value}`) }))}
              {...form.getInputProps(`items.${at}.of`)}
            />
            <TextInput label={t("rates.name")} placeholder="gmail.com" {...form.getInputProps(`items.${at}.name`)} />
            <NumberInput label={t("rates.most")} w={110} min={1} {...form.getInputProps(`items.${at}.most`)} />
            <Select
              label={t("rates.per")}
              w={120}
              allowDeselect={false}
              data={spans.map((value) => ({ value, label: t(`rates.span.${value}`) }))}
              {...form.getInputProps(`items.${at}.per`)}
            />
            <ActionIcon
              variant="subtle"
              color="red"
              size="lg"
              aria-label={t("rates.remove", { number: at + 1 })}
              onClick={() => form.removeListItem("items", at)}
            >
              <IconTrash size={17} />
            </ActionIcon>
          </Group>
        ))}
        <Group>
          <Button type="submit" loading={save.isPending}>
            {t("common:save")}
          </Button>
          <Button
            variant="default"
            leftSection={<IconPlus size={15} />}
            onClick={() => form.insertListItem("items", fresh)}
          >
            {t("rates.add")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
