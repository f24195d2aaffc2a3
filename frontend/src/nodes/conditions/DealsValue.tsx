import { Select, Stack } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Json } from "@/flow/document";
import { asObject, present } from "@/flow/json";

import classes from "./conditions.module.css";
import { useBuilder, type ValueProps } from "./context";
import { PlainValue } from "./PlainValue";

const statuses = ["open", "won", "lost", "outdated"] as const;

/** How many deals, and which: of a status, pipeline and stage, each of them optional. */
export function DealsValue(props: ValueProps) {
  const { t } = useTranslation("editor");
  const { pipelines } = useBuilder().vocabulary;
  const whole = asObject(props.value);
  const which = asObject(whole["which"]);
  const pipeline = pipelines.find((each) => each.id === which["pipeline"]);
  const choose = (changes: Record<string, Json | undefined>) =>
    props.onChange({ ...whole, which: present({ ...which, ...changes }) });
  const common = { className: classes.value ?? "", clearable: true, disabled: props.disabled, size: "xs" };
  return (
    <Stack gap={6} className={classes.value ?? ""}>
      <PlainValue {...props} value={whole["count"]} onChange={(count) => props.onChange(present({ ...whole, count }))} />
      <Select
        {...common}
        aria-label={t("condition.deal_status")}
        placeholder={t("condition.any_status")}
        data={statuses.map((status) => ({ value: status, label: t(`deal_status.${status}`) }))}
        value={typeof which["status"] === "string" ? which["status"] : null}
        onChange={(status) => choose({ status: status ?? undefined })}
      />
      <Select
        {...common}
        aria-label={t("condition.deal_pipeline")}
        placeholder={t("condition.any_pipeline")}
        data={pipelines.map((each) => ({ value: String(each.id), label: each.name }))}
        value={typeof which["pipeline"] === "number" ? String(which["pipeline"]) : null}
        onChange={(id) => choose({ pipeline: id === null ? undefined : Number(id), stage: undefined })}
      />
      {pipeline && (
        <Select
          {...common}
          aria-label={t("condition.deal_stage")}
          placeholder={t("condition.any_stage")}
          data={pipeline.stages.map((stage) => ({ value: String(stage.id), label: stage.name }))}
          value={typeof which["stage"] === "number" ? String(which["stage"]) : null}
          onChange={(id) => choose({ stage: id === null ? undefined : Number(id) })}
        />
      )}
    </Stack>
  );
}

