import { Button, Group, Menu, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconRefresh } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import {
  type MailDomain,
  type MailKey,
  useAddDomain,
  useCheckDomain,
  useDeleteDomain,
  useDomains,
  useRotateDomain,
} from "@/api/mailDomains";
import { DeleteItem, ItemMenu } from "@/ui/actions/ItemMenu";
import { useConfirmed } from "@/ui/actions/useConfirmed";
import { Pill } from "@/ui/badge/Pill";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { hostOf } from "@/ui/fields/hosts";
import { useFormat } from "@/ui/format";
import { ItemRow } from "@/ui/list/ItemRow";
import { SavingForm } from "@/ui/panel/SavingForm";
import { SidePanel } from "@/ui/panel/SidePanel";

import { Snippet } from "../Snippet";
import { NamesCard } from "./NamesCard";

/** The domains that mail is signed for, with the records that have to be published. */
export function DomainsCard() {
  const { t } = useTranslation("mail");
  const [adding, setAdding] = useState(false);
  const close = () => setAdding(false);
  return (
    <NamesCard
      title={t("domain.title")}
      add={t("domain.new")}
      none={t("domain.none")}
      query={useDomains()}
      onAdd={() => setAdding(true)}
      panel={
        <SidePanel opened={adding} onClose={close} title={t("domain.new")}>
          {adding && <DomainForm onDone={close} />}
        </SidePanel>
      }
    >
      {(domain) => <DomainRow key={domain.id} domain={domain} />}
    </NamesCard>
  );
}

function DomainRow({ domain }: { domain: MailDomain }) {
  const { t } = useTranslation("mail");
  const format = useFormat();
  const check = useCheckDomain();
  const signs = domain.keys.some((key) => key.active);
  return (
    <ItemRow menu={<DomainMenu domain={domain} signs={domain.keys[0]?.active ?? false} />}>
      <Group gap="sm">
        <Text fw={550}>{domain.name}</Text>
        <Pill tone={signs ? "ok" : "warn"}>{t(signs ? "domain.signs" : "domain.waits")}</Pill>
      </Group>
      <Stack gap="md" mt="xs">
        {domain.keys.map((key) => (
          <KeyRecord key={key.selector} mailKey={key} />
        ))}
        <Group gap="sm">
          <Button
            size="xs"
            variant="light"
            loading={check.isPending}
            onClick={() => tellOutcome(check.mutateAsync(domain.id))}
          >
            {t("domain.check")}
          </Button>
          {domain.checked_at && (
            <Text size="sm" c="dimmed">
              {t("domain.checked", { at: format.dateTime(domain.checked_at) })}
            </Text>
          )}
        </Group>
        <Text size="sm" c="dimmed">
          {t("domain.more", { domain: domain.name })}
        </Text>
      </Stack>
    </ItemRow>
  );
}

function KeyRecord({ mailKey: { host, record, active, retired, finding } }: { mailKey: MailKey }) {
  const { t } = useTranslation("mail");
  if (retired)
    return (
      <Text size="sm" c="dimmed" style={{ overflowWrap: "anywhere" }}>
        {t("domain.retired", { host })}
      </Text>
    );
  return (
    <div>
      <Text size="sm">{t("domain.publish")}</Text>
      <Snippet code={host} label={t("domain.copyHost")} />
      <Snippet code={record} label={t("domain.copyRecord")} />
      {finding && (
        <Text size="sm" mt="xs" c={finding === "found" ? "teal" : "red"} role="status">
          {t(`domain.finding.${finding}`)} {!active && finding === "unreachable" && t("domain.later")}
        </Text>
      )}
    </div>
  );
}

function DomainMenu({ domain: { id, name }, signs }: { domain: MailDomain; signs: boolean }) {
  const { t } = useTranslation("mail");
  const remove = useConfirmed(useDeleteDomain());
  const rotate = useRotateDomain();
  const ask = () => remove(id, { title: t("domain.delete", { name }), body: t("domain.deleteBody") });
  return (
    <ItemMenu name={t("menu", { name })} width={200}>
      <Menu.Item
        leftSection={<IconRefresh size={15} />}
        disabled={!signs}
        onClick={() => tellOutcome(rotate.mutateAsync(id))}
      >
        {t("domain.rotate")}
      </Menu.Item>
      <DeleteItem onClick={ask} />
    </ItemMenu>
  );
}

function DomainForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("mail");
  const add = useAddDomain();
  const form = useForm({ initialValues: { name: "" } });
  return (
    <SavingForm form={form} save={add} draft={({ name }) => hostOf(name)} verb={t("domain.add")} onDone={onDone}>
      <TextInput
        label={t("domain.name")}
        description={t("domain.nameHint")}
        placeholder="example.com"
        data-autofocus
        {...form.getInputProps("name")}
      />
    </SavingForm>
  );
}
