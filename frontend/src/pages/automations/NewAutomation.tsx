import { Button, FileButton, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconFileImport } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { TemplateGallery } from "./TemplateGallery";
import type { Creation } from "./useCreate";
import type { Importing } from "./useImportFile";

interface NewAutomationProps {
  creation: Creation;
  importing: Importing;
}

/** Where a new automation begins: empty, from a template, or from a file. */
export function NewAutomation({ creation, importing }: NewAutomationProps) {
  const { t } = useTranslation("automations");
  const [name, setName] = useState(t("new"));
  const { create, making } = creation;
  const pending = creation.pending || importing.pending;
  return (
    <Stack gap="xl">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!pending) create({ name: name.trim() });
        }}
      >
        <Stack gap="sm">
          <div>
            <Title order={3} size="h5">
              {t("scratch.title")}
            </Title>
            <Text size="sm" c="dimmed">
              {t("scratch.body")}
            </Text>
          </div>
          <TextInput
            label={t("column.name")}
            placeholder={t("scratch.placeholder")}
            value={name}
            maxLength={200}
            readOnly={pending}
            data-autofocus
            autoFocus // what opens the panel looks for a field before the code of this one has come
            onFocus={(event) => event.currentTarget.select()}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!name.trim() || pending} loading={creation.pending && !making} style={{ alignSelf: "flex-start" }}>
            {t("scratch.create")}
          </Button>
        </Stack>
      </form>
      <section>
        <Title order={3} size="h5" mb="sm">
          {t("templates")}
        </Title>
        <TemplateGallery
          disabled={pending}
          making={making}
          onChoose={(template) => create({ template: template.key })}
        />
      </section>
      <section>
        <Title order={3} size="h5">
          {t("import.title")}
        </Title>
        <Text size="sm" c="dimmed" mb="sm">
          {t("import.body")}
        </Text>
        <FileButton accept="application/json,.json" onChange={(file) => file && void importing.importFile(file)}>
          {(props) => (
            <Button variant="default" leftSection={<IconFileImport size={16} />} disabled={pending} {...props}>
              {t("import.choose")}
            </Button>
          )}
        </FileButton>
      </section>
    </Stack>
  );
}
