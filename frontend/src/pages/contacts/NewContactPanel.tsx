import { Button, Divider, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";
import { useNavigate } from "react-router";

import { useCreateContact } from "@/api/contacts";
import type { AttributeValue, ContactDraft } from "@/api/types";
import { useVocabulary } from "@/api/vocabulary";
import { AttributeInput } from "@/ui/fields/AttributeInput";
import { ListsField } from "@/ui/fields/ListsField";
import { TagsField } from "@/ui/fields/TagsField";
import { UserSelect } from "@/ui/fields/UserSelect";
import { PanelForm } from "@/ui/panel/PanelForm";
import { SidePanel } from "@/ui/panel/SidePanel";
import { useSaving } from "@/ui/useSaving";

interface Values {
  email: string;
  phone: string;
  ext_id: string;
  owner_id: number | null;
  lists: number[];
  tags: string[];
  attributes: Record<string, AttributeValue>;
}

const blank: Values = { email: "", phone: "", ext_id: "", owner_id: null, lists: [], tags: [], attributes: {} };

/** Only what was filled in. */
function toDraft({ email, phone, ext_id, owner_id, ...rest }: Values): ContactDraft {
  return {
    ...rest,
    ...(email.trim() && { email: email.trim() }),
    ...(phone.trim() && { phone: phone.trim() }),
    ...(ext_id.trim() && { ext_id: ext_id.trim() }),
    ...(owner_id !== null && { owner_id }),
  };
}

export function NewContactPanel({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation(["contacts", "common"]);
  const navigate = useNavigate();
  const create = useCreateContact();
  const attributes = useVocabulary().data?.attributes ?? [];
  const form = useForm<Values>({ initialValues: blank });
  const send = useSaving(form, opened);
  const close = () => {
    form.reset();
    onClose();
  };
  const submit = form.onSubmit((values) =>
    send(create, toDraft(values), {
      said: t("created"),
      onDone: ({ id }) => {
        close();
        void navigate(`/contacts/${id}`);
      },
    }),
  );
  return (
    <SidePanel opened={opened} onClose={close} title={t("new")}>
      <PanelForm
        onSubmit={submit}
        footer={
          <>
            <Button variant="default" onClick={close}>
              {t("common:cancel")}
            </Button>
            <Button type="submit" loading={create.isPending}>
              {t("create")}
            </Button>
          </>
        }
      >
      <Stack gap="md">
        <TextInput label={t("column.email")} type="email" data-autofocus {...form.getInputProps("email")} />
        <TextInput label={t("column.phone")} type="tel" {...form.getInputProps("phone")} />
        <TextInput label={t("column.extId")} {...form.getInputProps("ext_id")} />
        <UserSelect sellers label={t("column.owner")} {...form.getInputProps("owner_id")} value={form.values.owner_id} />
        <ListsField label={t("lists")} {...form.getInputProps("lists")} value={form.values.lists} />
        <TagsField label={t("column.tags")} {...form.getInputProps("tags")} />
        {attributes.length > 0 && <Divider label={t("attributes")} labelPosition="left" />}
        {attributes.map((attribute) => (
          <AttributeInput
            key={attribute.name}
            attribute={attribute}
            label={attribute.name}
            value={form.values.attributes[attribute.name]}
            error={form.errors[`attributes.${attribute.name}`]}
            onChange={(value) => form.setFieldValue("attributes", { ...form.values.attributes, [attribute.name]: value })}
          />
        ))}
      </Stack>
      </PanelForm>
    </SidePanel>
  );
}
