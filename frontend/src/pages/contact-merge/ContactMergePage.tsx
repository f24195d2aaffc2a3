import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";

import { useContact } from "@/api/contacts";
import { Problem } from "@/api/problem";
import { contactName } from "@/ui/contactName";
import { ErrorState } from "@/ui/feedback/ErrorState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { Page } from "@/ui/page/Page";

import { OtherPicker } from "./OtherPicker";
import { SideBySide } from "./SideBySide";

/** Makes one contact of two; the one that goes stands in the address. */
export default function ContactMergePage() {
  const { t } = useTranslation("merge");
  const id = Number(useParams()["id"]);
  const [params] = useSearchParams();
  const other = Number(params.get("with")) || null;
  const query = useContact(id);
  if (!Number.isInteger(id)) return <ErrorState error={new Problem(404)} onRetry={() => undefined} />;
  return (
    <Loaded query={query} skeleton={<SkeletonRows />}>
      {(contact) => (
        <Page
          back={{ to: `/contacts/${String(id)}`, label: contactName(contact) }}
          title={t("title")}
          subtitle={other === null && t("pick", { name: contactName(contact) })}
        >
          {other === null ? <OtherPicker kept={id} /> : <SideBySide key={`${String(id)}:${String(other)}`} id={id} other={other} />}
        </Page>
      )}
    </Loaded>
  );
}
