import { Button, Group, TextInput } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useCreateFolder } from "@/api/lists";
import { problemWords } from "@/ui/feedback/toast";

/** Makes a folder without leaving the list's form. */
export function NewFolder({ onMade }: { onMade: (id: number) => void }) {
  const { t } = useTranslation("settings");
  const create = useCreateFolder();
  const [name, setName] = useState("");
  const make = () =>
    create.mutate(name.trim(), {
      onSuccess: ({ id }) => {
        onMade(id);
        setName("");
      },
    });
  return (
    <Group align="flex-end" gap="xs" wrap="nowrap">
      <TextInput
        label={t("lists.newFolder")}
        value={name}
        error={create.error && problemWords(create.error)}
        style={{ flex: 1 }}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button variant="default" disabled={!name.trim()} loading={create.isPending} onClick={make}>
        {t("lists.addFolder")}
      </Button>
    </Group>
  );
}
