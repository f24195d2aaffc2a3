import { Button, Fieldset, Group, NumberInput, SegmentedControl, Select, Stack, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useDeleteDeal, useSaveDeal } from "@/api/deals";
import { useCan, useSession } from "@/api/session";
import type { Deal, DealDraft, Pipeline } from "@/api/types";
import { useConfirmed } from "@/ui/actions/useConfirmed";
import { CompanySelect } from "@/ui/fields/CompanySelect";
import { ContactsField } from "@/ui/fields/ContactsField";
import { UserSelect } from "@/ui/fields/UserSelect";
import { PanelForm } from "@/ui/panel/PanelForm";
import { useSaving } from "@/ui/useSaving";

import { draftOf } from "./draft";
import { statuses } from "./useAddress";

interface DealFormProps {
  deal?: Deal;
  pipelines: Pipeline[];
  onDone: () => void;
}

const options = (items: { id: number; name: string }[]) =>
  items.map(({ id, name }) => ({ value: String(id), label: name }));

/** Makes a deal or changes one. */
export function DealForm({ deal, pipelines, onDone }: DealFormProps) {
  const { t } = useTranslation(["deals", "common"]);
  const may = useCan()("deals.edit");
  const currency = useSession().data?.workspace.currency ?? "";
  const save = useSaveDeal();
  const form = useForm<DealDraft>({ initialValues: draftOf(deal, pipelines) });
  const send = useSaving(form);
  const stages = pipelines.find(({ id }) => id === form.values.pipeline_id)?.stages ?? [];
  const choosePipeline = (id: string | null) => {
    const pipeline = pipelines.find((each) => String(each.id) === id);
    if (pipeline) form.setValues({ pipeline_id: pipeline.id, stage_id: pipeline.stages[0]?.id ?? 0 });
  };
  const submit = form.onSubmit((values) =>
    send(save, { ...values, ...(deal && { id: deal.id }) }, { said: t("saved", { name: values.name }), onDone }),
  );
  return (
    <PanelForm
      onSubmit={submit}
      footer={
        may && (
          <Group w="100%" justify="space-between">
            {deal ? <DeleteButton deal={deal} onDone={onDone} /> : <span />}
            <Button type="submit" loading={save.isPending}>
              {deal ? t("common:save") : t("create")}
            </Button>
          </Group>
        )
      }
    >
      <Fieldset variant="unstyled" disabled={!may}>
      <Stack gap="md">
        <TextInput label={t("field.name")} required data-autofocus {...form.getInputProps("name")} />
        <NumberInput
          label={t("field.amount")}
          min={0}
          decimalScale={2}
          thousandSeparator=" "
          suffix={` ${currency}`}
          value={form.values.amount ?? ""}
          error={form.errors["amount"]}
          onChange={(amount) => form.setFieldValue("amount", typeof amount === "number" ? amount : null)}
        />
        <div>
          <SegmentedControl
            fullWidth
            aria-label={t("field.status")}
            data={statuses.map((value) => ({ value, label: t(`common:dealStatus.${value}`) }))}
            {...form.getInputProps("status")}
          />
        </div>
        <Select
          label={t("field.pipeline")}
          allowDeselect={false}
          data={options(pipelines)}
          value={String(form.values.pipeline_id)}
          error={form.errors["pipeline_id"]}
          onChange={choosePipeline}
        />
        <Select
          label={t("field.stage")}
          allowDeselect={false}
          data={options(stages)}
          value={String(form.values.stage_id)}
          error={form.errors["stage_id"]}
          onChange={(id) => id && form.setFieldValue("stage_id", Number(id))}
        />
        <UserSelect sellers label={t("field.owner")} {...form.getInputProps("owner_id")} value={form.values.owner_id} />
        <CompanySelect
          label={t("field.company")}
          withLabel
          value={form.values.company_id}
          current={deal?.company ?? null}
          onChange={(id) => form.setFieldValue("company_id", id)}
        />
        <ContactsField
          label={t("field.contacts")}
          value={form.values.contact_ids}
          current={deal?.contacts ?? []}
          error={form.errors["contact_ids"]}
          onChange={(ids) => form.setFieldValue("contact_ids", ids)}
        />
      </Stack>
      </Fieldset>
    </PanelForm>
  );
}

function DeleteButton({ deal, onDone }: { deal: Deal; onDone: () => void }) {
  const { t } = useTranslation(["deals", "common"]);
  const remove = useConfirmed(useDeleteDeal());
  const ask = () => remove(deal.id, { title: t("delete.title", { name: deal.name }), body: t("delete.body"), onDone });
  return (
    <Button variant="subtle" color="red" onClick={ask}>
      {t("common:delete")}
    </Button>
  );
}
