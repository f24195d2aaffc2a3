import { TagsInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useSetAttributeOptions } from "@/api/attributes";
import type { Attribute } from "@/api/types";
import { SavingForm } from "@/ui/panel/SavingForm";
import { SidePanel } from "@/ui/panel/SidePanel";

/** Changes what can be chosen for an attribute. */
export function OptionsPanel({ attribute, onClose }: { attribute: Attribute | null; onClose: () => void }) {
  const { t } = useTranslation("settings");
  return (
    <SidePanel opened={attribute !== null} onClose={onClose} title={attribute?.name ?? t("attributes.options")}>
      {attribute && <OptionsForm key={attribute.name} attribute={attribute} onDone={onClose} />}
    </SidePanel>
  );
}

function OptionsForm({ attribute: { name, options }, onDone }: { attribute: Attribute; onDone: () => void }) {
  const { t } = useTranslation("settings");
  const save = useSetAttributeOptions();
  const form = useForm({ initialValues: { options } });
  return (
    <SavingForm form={form} save={save} draft={(values) => ({ name, ...values })} said={t("saved")} onDone={onDone}>
      <TagsInput
        label={t("attributes.options")}
        description={t("attributes.optionsHint")}
        data-autofocus
        {...form.getInputProps("options")}
      />
    </SavingForm>
  );
}
