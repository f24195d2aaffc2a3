import { Loader, Skeleton, Text, UnstyledButton } from "@mantine/core";
import { useTemplates } from "@/api/automations";
import type { AutomationTemplate } from "@/api/types";
import { useLanguage } from "@/i18n/useLanguage";
import { Loaded } from "@/ui/feedback/Loaded";

import classes from "./TemplateGallery.module.css";
import { TemplatePreview } from "./TemplatePreview";

interface TemplateGalleryProps {
  onChoose: (template: AutomationTemplate) => void;
  disabled: boolean;
  /** The key of the template that an automation is being made from. */
  making: string | null | undefined;
}

/** The templates, each with its picture; a click starts from one. */
export function TemplateGallery({ onChoose, disabled, making }: TemplateGalleryProps) {
  const query = useTemplates(useLanguage());
  return (
    <Loaded
      query={query}
      skeleton={
        <div className={classes["grid"]}>
          <Skeleton height={190} radius="lg" />
          <Skeleton height={190} radius="lg" />
        </div>
      }
    >
      {(templates) => (
        <div className={classes["grid"]}>
          {templates.map((template) => (
            <UnstyledButton
              key={template.key}
              className={classes["card"]}
              disabled={disabled}
              aria-busy={template.key === making}
              onClick={() => onChoose(template)}
            >
              {template.key === making && <Loader size="sm" className={classes["making"] ?? ""} />}
              <TemplatePreview document={template.document} />
              <span className={classes["words"]}>
                <Text span fw={600}>
                  {template.name}
                </Text>
                <Text span size="sm" c="dimmed">
                  {template.description}
                </Text>
              </span>
            </UnstyledButton>
          ))}
        </div>
      )}
    </Loaded>
  );
}
