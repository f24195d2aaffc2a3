import { Button } from "@mantine/core";
import { IconArrowMerge, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { useDeleteContact } from "@/api/contacts";
import { useCan } from "@/api/session";
import type { ContactDetail } from "@/api/types";
import { useConfirm } from "@/ui/actions/useConfirm";
import { contactName } from "@/ui/contactName";
import { AddToAutomationButton } from "@/ui/entries/AddToAutomationButton";
import { toastDone, toastProblem } from "@/ui/feedback/toast";

export function ContactActions({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation(["contact", "common"]);
  const can = useCan();
  const may = can("contacts.edit");
  const confirm = useConfirm();
  const navigate = useNavigate();
  const remove = useDeleteContact();
  const name = contactName(contact);
  const deleted = () => {
    toastDone({ message: t("deleted", { name }) });
    void navigate("/contacts");
  };
  const ask = () =>
    confirm({
      title: t("delete.title", { name }),
      body: t("delete.body"),
      verb: t("common:delete"),
      onConfirm: () => remove.mutate(contact.id, { onSuccess: deleted, onError: toastProblem }),
    });
  if (!may) return null;
  return (
    <>
      <AddToAutomationButton who={{ contacts: [contact.id] }} count={1} />
      {can("contacts.merge") && (
        <Button
          component={Link}
          to={`/contacts/${String(contact.id)}/merge`}
          variant="default"
          leftSection={<IconArrowMerge size={16} />}
        >
          {t("merge.with")}
        </Button>
      )}
      <Button variant="default" leftSection={<IconTrash size={16} />} onClick={ask}>
        {t("common:delete")}
      </Button>
    </>
  );
}
