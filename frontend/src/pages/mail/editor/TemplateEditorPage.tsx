import { Skeleton } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useParams, useSearchParams } from "react-router";

import { useMailTemplate } from "@/api/mailing";
import { ErrorState } from "@/ui/feedback/ErrorState";

import { draftOf, isStart } from "../starts";
import { TemplateEditor } from "./TemplateEditor";

/** `/templates/:id`: one template; `/templates/new?start=…`: one that is not kept yet. */
export default function TemplateEditorPage() {
  const { t } = useTranslation("mail");
  const given = useParams()["id"];
  const start = useSearchParams()[0].get("start");
  const [made, setMade] = useState<number | null>(null);
  const id = given === "new" ? null : Number(given);
  const opened = id !== null && id !== made;
  const { data, error, refetch, isFetchedAfterMount } = useMailTemplate(id ?? 0, opened);
  // One that was kept for the first time goes on being edited, with all that can be undone.
  if (!opened) return <TemplateEditor id={id} draft={draftOf(isStart(start) ? start : "plain", t)} onMade={setMade} />;
  if (error && !data) return <ErrorState error={error} onRetry={() => void refetch()} />;
  // What is left from an earlier visit may be old: edits must begin from what the server has now.
  if (!data || !isFetchedAfterMount) return <Skeleton height="100%" radius={0} />;
  const { name, subject, preheader, format, source } = data;
  return <TemplateEditor key={id} id={id} draft={{ name, subject, preheader, format, source }} onMade={setMade} />;
}
