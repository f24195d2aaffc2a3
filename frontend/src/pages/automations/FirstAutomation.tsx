import { Button, Title } from "@mantine/core";
import { IconPlus, IconRoute } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useCan } from "@/api/session";
import { EmptyState } from "@/ui/feedback/EmptyState";

import { TemplateGallery } from "./TemplateGallery";
import type { Creation } from "./useCreate";

interface FirstAutomationProps {
  creation: Creation;
  onNew: () => void;
}

/** The page before the first automation: start from scratch, or from a template shown as a picture. */
export function FirstAutomation({ creation, onNew }: FirstAutomationProps) {
  const { t } = useTranslation("automations");
  const may = useCan()("automations.edit");
  const { create, pending, making } = creation;
  return (
    <>
      <EmptyState
        icon={<IconRoute size={22} stroke={1.6} />}
        title={t("empty.title")}
        body={t("empty.body")}
        action={
          may && (
            <Button leftSection={<IconPlus size={16} />} onClick={onNew} disabled={pending}>
              {t("scratch.title")}
            </Button>
          )
        }
      />
      {may && (
        <>
          <Title order={2} size="h5" mb="sm">
            {t("templates")}
          </Title>
          <TemplateGallery
            disabled={pending}
            making={making}
            onChoose={(template) => create({ template: template.key })}
          />
        </>
      )}
    </>
  );
}
