import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useUpdateContact } from "@/api/contacts";
import type { ContactDetail } from "@/api/types";
import { Address } from "@/ui/Address";
import { AttributeText } from "@/ui/AttributeText";
import { Card } from "@/ui/card/Card";
import { CompanySelect } from "@/ui/fields/CompanySelect";
import { TimeZoneSelect } from "@/ui/fields/TimeZoneSelect";
import { UserSelect } from "@/ui/fields/UserSelect";
import { useFormat } from "@/ui/format";

import classes from "./ContactPage.module.css";
import { EditableRow } from "./EditableRow";
import { ListsRow } from "./ListsRow";
import { TagsRow } from "./TagsRow";

const identifiers = ["email", "phone", "ext_id"] as const;

/** Who the contact is, where and to whom it belongs. */
export function DetailsCard({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation(["contact", "common"]);
  const format = useFormat();
  const { mutateAsync: save } = useUpdateContact(contact.id);
  const text = (value: string | null | undefined) => <AttributeText kind="text" value={value ?? null} />;
  return (
    <Card title={t("details")} flush>
      <dl className={classes["rows"]}>
        {identifiers.map((key) => (
          <EditableRow<string>
            key={key}
            label={t(`field.${key}`)}
            value={contact[key] ?? ""}
            shown={key === "email" && contact.email ? <Address address={contact.email} /> : text(contact[key])}
            input={(draft, setDraft) => (
              <TextInput
                aria-label={t(`field.${key}`)}
                value={draft}
                autoFocus
                onChange={(event) => setDraft(event.currentTarget.value)}
              />
            )}
            onSave={(value) => save({ [key]: value.trim() || null })}
          />
        ))}
        <EditableRow<number | null>
          label={t("field.owner")}
          value={contact.owner?.id ?? null}
          shown={text(contact.owner?.name)}
          input={(draft, setDraft) => (
            <UserSelect sellers aria-label={t("field.owner")} value={draft} onChange={setDraft} autoFocus />
          )}
          onSave={(owner_id) => save({ owner_id })}
        />
        <EditableRow<number | null>
          label={t("field.company")}
          value={contact.company?.id ?? null}
          shown={text(contact.company?.name)}
          input={(draft, setDraft) => (
            <CompanySelect label={t("field.company")} value={draft} current={contact.company} onChange={setDraft} />
          )}
          onSave={(company_id) => save({ company_id })}
        />
        <EditableRow<string | null>
          label={t("field.time_zone")}
          value={contact.time_zone}
          shown={text(contact.time_zone)}
          input={(draft, setDraft) => (
            <TimeZoneSelect aria-label={t("field.time_zone")} value={draft} onChange={setDraft} clearable autoFocus />
          )}
          onSave={(time_zone) => save({ time_zone })}
        />
        <ListsRow contact={contact} />
        <TagsRow contact={contact} />
        <div className={classes["row"]}>
          <dt className={classes["term"]}>{t("field.created")}</dt>
          <dd className={classes["value"]}>
            <div className={classes["edit"]}>{format.dateTime(contact.created_at)}</div>
          </dd>
        </div>
      </dl>
    </Card>
  );
}
