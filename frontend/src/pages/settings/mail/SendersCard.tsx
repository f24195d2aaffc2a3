import { ActionIcon, Button, Menu, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { IconDots, IconPencil, IconPlus, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Sender, useDeleteSender, useSaveSender, useSenders } from "@/api/mailing";
import { useConfirm } from "@/ui/actions/useConfirm";
import { Card } from "@/ui/card/Card";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { toastDone, toastProblem } from "@/ui/feedback/toast";
import { showProblem } from "@/ui/forms";
import { ItemRow } from "@/ui/list/ItemRow";
import { PanelForm } from "@/ui/panel/PanelForm";
import { SidePanel } from "@/ui/panel/SidePanel";

/** In whose name mail to contacts may be sent. */
export function SendersCard() {
  const { t } = useTranslation("mail");
  const [open, setOpen] = useState<Sender | "new" | null>(null);
  const add = (
    <Button variant="default" size="xs" leftSection={<IconPlus size={15} />} onClick={() => setOpen("new")}>
      {t("sender.new")}
    </Button>
  );
  return (
    <Card title={t("sender.title")} action={add} flush>
      <Loaded query={useSenders()} skeleton={<SkeletonRows count={2} />}>
        {({ items }) =>
          items.length === 0 ? (
            <Text c="dimmed" p="md">
              {t("sender.none")}
            </Text>
          ) : (
            items.map((sender) => <SenderRow key={sender.id} sender={sender} onEdit={() => setOpen(sender)} />)
          )
        }
      </Loaded>
      <SidePanel
        opened={open !== null}
        onClose={() => setOpen(null)}
        title={open && open !== "new" ? open.name : t("sender.new")}
      >
        {open && <SenderForm sender={open === "new" ? null : open} onDone={() => setOpen(null)} />}
      </SidePanel>
    </Card>
  );
}

function SenderRow({ sender: { id, name, email }, onEdit }: { sender: Sender; onEdit: () => void }) {
  const { t } = useTranslation(["mail", "common"]);
  const confirm = useConfirm();
  const remove = useDeleteSender();
  const ask = () =>
    confirm({
      title: t("sender.delete", { name }),
      body: t("sender.deleteBody"),
      verb: t("common:delete"),
      onConfirm: () => remove.mutate(id, { onError: toastProblem }),
    });
  return (
    <ItemRow
      menu={
        <Menu width={160}>
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t("menu", { name })}>
              <IconDots size={17} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item leftSection={<IconPencil size={15} />} onClick={onEdit}>
              {t("common:edit")}
            </Menu.Item>
            <Menu.Item color="red" leftSection={<IconTrash size={15} />} onClick={ask}>
              {t("common:delete")}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      }
    >
      <Text fw={550}>{name}</Text>
      <Text size="sm" c="dimmed">
        {email}
      </Text>
    </ItemRow>
  );
}

function SenderForm({ sender, onDone }: { sender: Sender | null; onDone: () => void }) {
  const { t } = useTranslation(["mail", "common"]);
  const save = useSaveSender();
  const form = useForm({ initialValues: { name: sender?.name ?? "", email: sender?.email ?? "" } });
  const submit = form.onSubmit((values) =>
    save.mutate(
      { id: sender?.id ?? null, ...values },
      {
        onSuccess: () => {
          toastDone({ message: t("saved") });
          onDone();
        },
        onError: (error) => showProblem(form, error),
      },
    ),
  );
  return (
    <PanelForm
      onSubmit={submit}
      footer={
        <Button type="submit" loading={save.isPending}>
          {t("common:save")}
        </Button>
      }
    >
      <Stack gap="md">
        <TextInput label={t("sender.name")} data-autofocus {...form.getInputProps("name")} />
        <TextInput
          label={t("sender.email")}
          description={t("sender.emailHint")}
          type="email"
          {...form.getInputProps("email")}
        />
      </Stack>
    </PanelForm>
  );
}
