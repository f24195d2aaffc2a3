import { Button, TagsInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useTranslation } from "react-i18next";

import { useSetAttributeOptions } from "@/api/attributes";
import type { Attribute } from "@/api/types";
import { toastDone } from "@/ui/feedback/toast";
import { showProblem } from "@/ui/forms";
import { PanelForm } from "@/ui/panel/PanelForm";
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
  const { t } = useTranslation(["settings", "common"]);
  const save = useSetAttributeOptions();
  const form = useForm({ initialValues: { options } });
  const submit = form.onSubmit((values) =>
    save.mutate(
      { name, options: values.options },
      {
        onSuccess: () => {
          toastDone({ message: t("saved") });
          onDone();
        },
        onError: (error) => showProblem(form, error),
      },
    ),
  );
  return (
    <PanelForm
      onSubmit={submit}
      footer={
        <Button type="submit" loading={save.isPending}>
          {t("common:save")}
        </Button>
      }
    >
      <TagsInput
        label={t("attributes.options")}
        description={t("attributes.optionsHint")}
        data-autofocus
        {...form.getInputProps("options")}
      />
    </PanelForm>
  );
}
