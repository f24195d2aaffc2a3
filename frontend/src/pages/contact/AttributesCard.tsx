import { Anchor, Skeleton, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useUpdateContact } from "@/api/contacts";
import { useCan } from "@/api/session";
import type { ContactDetail } from "@/api/types";
import { useVocabulary } from "@/api/vocabulary";
import { AttributeText } from "@/ui/AttributeText";
import { Card } from "@/ui/card/Card";
import { Loaded } from "@/ui/feedback/Loaded";
import { AttributeInput } from "@/ui/fields/AttributeInput";

import classes from "./ContactPage.module.css";
import { EditableRow } from "./EditableRow";

/** Every attribute of the workspace, with this contact's value, edited in place by its type. */
export function AttributesCard({ contact }: { contact: ContactDetail }) {
  const { t } = useTranslation("contact");
  const update = useUpdateContact(contact.id);
  const can = useCan();
  return (
    <Card title={t("attributes")} flush>
      <Loaded query={useVocabulary()} skeleton={<Skeleton height={120} m="md" />}>
        {({ attributes }) => (
          <>
            <dl className={classes["rows"]}>
              {attributes.map((attribute) => (
                <EditableRow<unknown>
                  key={attribute.name}
                  label={attribute.name}
                  value={contact.attributes[attribute.name] ?? null}
                  shown={<AttributeText kind={attribute.kind} value={contact.attributes[attribute.name]} />}
                  input={(draft, setDraft) => (
                    <AttributeInput attribute={attribute} value={draft} onChange={setDraft} autoFocus />
                  )}
                  onSave={(value) => update.mutateAsync({ attributes: { [attribute.name]: value } })}
                />
              ))}
            </dl>
            {attributes.length === 0 && (
              <Text p="md" c="dimmed">
                {t("noAttributes")}{" "}
                {can("attributes.edit") && (
                  <Anchor component={Link} to="/settings/attributes">
                    {t("createAttribute")}
                  </Anchor>
                )}
              </Text>
            )}
          </>
        )}
      </Loaded>
    </Card>
  );
}
