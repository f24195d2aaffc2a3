import { Button } from "@mantine/core";
import { IconArrowMerge, IconTrash } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link, useNavigate } from "react-router";

import { useDeleteContact } from "@/api/contacts";
import { useCan } from "@/api/session";
import type { ContactDetail } from "@/api/types";
import { useConfirmed } from "@/ui/actions/useConfirmed";
import { contactName } from "@/ui/contactName";
import { AddToAutomationButton } from "@/ui/entries/AddToAutomationButton";

import { ReachLinks } from "./ReachLinks";

export function ContactActions({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation(["contact", "common"]);
  const can = useCan();
  const may = can("contacts.edit");
  const navigate = useNavigate();
  const remove = useConfirmed(useDeleteContact());
  const name = contactName(contact);
  const ask = () =>
    remove(contact.id, {
      title: t("delete.title", { name }),
      body: t("delete.body"),
      said: t("deleted", { name }),
      onDone: () => void navigate("/contacts"),
    });
  if (!may) return <ReachLinks contact={contact} />;
  return (
    <>
      <ReachLinks contact={contact} />
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
