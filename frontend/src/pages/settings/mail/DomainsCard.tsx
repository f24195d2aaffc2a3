import { ActionIcon, Button, Group, Menu, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconDots, IconPlus, IconRefresh, IconTrash } from "@tabler/icons-react";
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
import { useConfirm } from "@/ui/actions/useConfirm";
import { Pill } from "@/ui/badge/Pill";
import { Card } from "@/ui/card/Card";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { toastProblem } from "@/ui/feedback/toast";
import { showProblem } from "@/ui/forms";
import { useFormat } from "@/ui/format";
import { ItemRow } from "@/ui/list/ItemRow";
import { PanelForm } from "@/ui/panel/PanelForm";
import { SidePanel } from "@/ui/panel/SidePanel";

import { Snippet } from "../Snippet";

/** The domains that mail is signed for, with the records that have to be published. */
export function DomainsCard() {
  const { t } = useTranslation("mail");
  const [adding, setAdding] = useState(false);
  const close = () => setAdding(false);
  const add = (
    <Button variant="default" size="xs" leftSection={<IconPlus size={15} />} onClick={() => setAdding(true)}>
      {t("domain.new")}
    </Button>
  );
  return (
    <Card title={t("domain.title")} action={add} flush>
      <Loaded query={useDomains()} skeleton={<SkeletonRows count={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Text c="dimmed" p="md">
              {t("domain.none")}
            </Text>
          ) : (
            items.map((domain) => <DomainRow key={domain.id} domain={domain} />)
          )
        }
      </Loaded>
      <SidePanel opened={adding} onClose={close} title={t("domain.new")}>
        {adding && <DomainForm onDone={close} />}
      </SidePanel>
    </Card>
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
            onClick={() => check.mutate(domain.id, { onError: toastProblem })}
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
  const { t } = useTranslation(["mail", "common"]);
  const confirm = useConfirm();
  const remove = useDeleteDomain();
  const rotate = useRotateDomain();
  const ask = () =>
    confirm({
      title: t("domain.delete", { name }),
      body: t("domain.deleteBody"),
      verb: t("common:delete"),
      onConfirm: () => remove.mutate(id, { onError: toastProblem }),
    });
  return (
    <Menu width={200}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={t("menu", { name })}>
          <IconDots size={17} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconRefresh size={15} />}
          disabled={!signs}
          onClick={() => rotate.mutate(id, { onError: toastProblem })}
        >
          {t("domain.rotate")}
        </Menu.Item>
        <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={ask}>
          {t("common:delete")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function DomainForm({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation("mail");
  const add = useAddDomain();
  const form = useForm({ initialValues: { name: "" } });
  const submit = form.onSubmit(({ name }) =>
    add.mutate(name, { onSuccess: onDone, onError: (error) => showProblem(form, error) }),
  );
  return (
    <PanelForm
      onSubmit={submit}
      footer={
        <Button type="submit" loading={add.isPending}>
          {t("domain.add")}
        </Button>
      }
    >
      <TextInput
        label={t("domain.name")}
        description={t("domain.nameHint")}
        placeholder="example.com"
        data-autofocus
        {...form.getInputProps("name")}
      />
    </PanelForm>
  );
}
