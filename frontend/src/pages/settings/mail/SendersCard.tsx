import { Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Sender, useDeleteSender, useSaveSender, useSenders } from "@/api/mailing";
import { DeleteItem, EditItem, ItemMenu } from "@/ui/actions/ItemMenu";
import { useConfirmed } from "@/ui/actions/useConfirmed";
import { ItemRow } from "@/ui/list/ItemRow";
import { EditPanel } from "@/ui/panel/EditPanel";
import { SavingForm } from "@/ui/panel/SavingForm";

import { NamesCard } from "./NamesCard";

/** In whose name mail to contacts may be sent. */
export function SendersCard() {
  const { t } = useTranslation("mail");
  const [open, setOpen] = useState<Sender | "new" | null>(null);
  return (
    <NamesCard
      title={t("sender.title")}
      add={t("sender.new")}
      none={t("sender.none")}
      query={useSenders()}
      onAdd={() => setOpen("new")}
      panel={
        <EditPanel open={open} onClose={() => setOpen(null)} newTitle={t("sender.new")}>
          {(sender) => <SenderForm sender={sender} onDone={() => setOpen(null)} />}
        </EditPanel>
      }
    >
      {(sender) => <SenderRow key={sender.id} sender={sender} onEdit={() => setOpen(sender)} />}
    </NamesCard>
  );
}

function SenderRow({ sender: { id, name, email }, onEdit }: { sender: Sender; onEdit: () => void }) {
  const { t } = useTranslation("mail");
  const remove = useConfirmed(useDeleteSender());
  const ask = () => remove(id, { title: t("sender.delete", { name }), body: t("sender.deleteBody") });
  return (
    <ItemRow
      menu={
        <ItemMenu name={t("menu", { name })} width={160}>
          <EditItem onClick={onEdit} />
          <DeleteItem onClick={ask} />
        </ItemMenu>
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
  const { t } = useTranslation("mail");
  const save = useSaveSender();
  const form = useForm({ initialValues: { name: sender?.name ?? "", email: sender?.email ?? "" } });
  return (
    <SavingForm
      form={form}
      save={save}
      draft={(values) => ({ id: sender?.id ?? null, ...values })}
      said={t("saved")}
      onDone={onDone}
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
    </SavingForm>
  );
}
