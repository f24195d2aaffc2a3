import { Skeleton } from "@mantine/core";
import { useTranslation } from "react-i18next";
import { Navigate, useParams } from "react-router";

import { useContact } from "@/api/contacts";
import { Problem } from "@/api/problem";
import { contactName } from "@/ui/contactName";
import { ErrorState } from "@/ui/feedback/ErrorState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { Page } from "@/ui/page/Page";

import { AdditionalCard } from "./AdditionalCard";
import { AttributesCard } from "./AttributesCard";
import { ContactActions } from "./ContactActions";
import { ContactHeading } from "./ContactHeading";
import classes from "./ContactPage.module.css";
import { DetailsCard } from "./DetailsCard";
import { HistoryTabs } from "./HistoryTabs";
import { MergesCard } from "./MergesCard";

function LoadingHeading() {
  const { t } = useTranslation();
  return (
    <>
      <span className="visually-hidden">{t("loading")}</span>
      <Skeleton height={28} width={240} />
    </>
  );
}

export default function ContactPage() {
  const { t } = useTranslation(["contact", "common"]);
  const id = Number(useParams()["id"]);
  const query = useContact(id);
  if (!Number.isInteger(id)) return <ErrorState error={new Problem(404)} onRetry={() => undefined} />;
  return (
    <Loaded
      query={query}
      skeleton={
        <Page title={t("title")} heading={<LoadingHeading />}>
          <div className={classes["columns"]}>
            <SkeletonRows count={8} height={30} />
            <SkeletonRows />
          </div>
        </Page>
      }
    >
      {(contact) =>
        contact.id !== id ? (
          <Navigate to={`/contacts/${String(contact.id)}`} replace />
        ) : (
        <Page
          key={contact.id}
          back={{ to: "/contacts", label: t("common:nav.contacts") }}
          title={contactName(contact)}
          heading={<ContactHeading contact={contact} />}
          actions={<ContactActions contact={contact} />}
        >
          <div className={classes["columns"]}>
            <div className={classes["side"]}>
              <DetailsCard contact={contact} />
              <AdditionalCard contactId={contact.id} />
              <AttributesCard contact={contact} />
              <MergesCard contactId={contact.id} />
            </div>
            <HistoryTabs contact={contact} />
          </div>
        </Page>
        )
      }
    </Loaded>
  );
}
