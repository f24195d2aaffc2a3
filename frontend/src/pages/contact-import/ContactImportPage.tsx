import { Stepper } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useSearchParams } from "react-router";

import { isWorking, useImport } from "@/api/imports";
import type { ImportPreview } from "@/api/types";
import { ErrorState } from "@/ui/feedback/ErrorState";
import { Page } from "@/ui/page/Page";

import classes from "./ContactImport.module.css";
import { MatchStep } from "./MatchStep";
import { ProgressStep } from "./ProgressStep";
import { ResultStep } from "./ResultStep";
import { UploadStep } from "./UploadStep";

/** Which step is open: 0 upload, 1 match, 2 progress, 3 result. */
function stepOf(preview: ImportPreview | null, started: boolean, working: boolean): number {
  if (started) return working ? 2 : 3;
  return preview ? 1 : 0;
}

/** From a file to contacts in four steps; the running import stands in the address and survives a reload. */
export default function ContactImportPage() {
  const { t } = useTranslation(["imports", "common"]);
  const [params, setParams] = useSearchParams();
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const id = Number(params.get("id")) || null;
  const progress = useImport(id ?? 0, id !== null);
  const working = !progress.data || isWorking(progress.data);
  const step = stepOf(preview, id !== null, working);
  const restart = () => {
    setPreview(null);
    setParams({});
  };
  return (
    <Page
      title={t("title")}
      subtitle={t("subtitle")}
      back={{ to: "/contacts", label: t("common:nav.contacts") }}
      layout={step === 1 ? "wide" : "narrow"}
    >
      <Stepper
        wrap={false}
        className={classes["stepper"] ?? ""}
        active={step} size="sm" allowNextStepsSelect={false} mb="xl" onStepClick={(wanted) => wanted === 0 && restart()}>
        <Stepper.Step label={t("step.upload")} allowStepSelect={step === 1} />
        <Stepper.Step label={t("step.match")} allowStepSelect={false} />
        <Stepper.Step label={t("step.import")} allowStepSelect={false} loading={step === 2} />
        <Stepper.Step label={t("step.result")} allowStepSelect={false} />
      </Stepper>
      {step === 0 && <UploadStep onUploaded={setPreview} />}
      {step === 1 && preview && (
        <MatchStep preview={preview} onStarted={() => setParams({ id: String(preview.id) })} onBack={restart} />
      )}
      {progress.error && <ErrorState error={progress.error} onRetry={() => void progress.refetch()} />}
      {step === 2 && !progress.error && <ProgressStep progress={progress.data} />}
      {step === 3 && progress.data && <ResultStep result={progress.data} onAgain={restart} />}
    </Page>
  );
}
