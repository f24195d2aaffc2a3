import { Anchor, Group, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useMailTemplate } from "@/api/mailing";
import { useFormScope } from "@/nodes/form/scope";
import type { ControlProps } from "@/nodes/form/types";

import { IdSelect } from "./references";

/** Chooses a template of mail, shows its subject, and leads to it, in another tab: the step is not left. */
export function TemplateControl(props: ControlProps) {
  const { t } = useTranslation("mail");
  const id = typeof props.value === "number" ? props.value : null;
  const { data } = useMailTemplate(id ?? 0, id !== null);
  return (
    <div>
      <IdSelect {...props} items={useFormScope().vocabulary.templates} />
      {data && (
        <Text size="sm" c="dimmed" mt={4}>
          {t("step.subject", { subject: data.subject })}
        </Text>
      )}
      <Group gap="md" mt={4}>
        {id !== null && (
          <Anchor href={`/templates/${id}`} target="_blank" size="sm">
            {t("step.open")}
          </Anchor>
        )}
        <Anchor href="/templates?new=1" target="_blank" size="sm">
          {t("new")}
        </Anchor>
      </Group>
    </div>
  );
}
