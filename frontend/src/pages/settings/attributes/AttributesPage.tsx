import { Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAdjustments } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useAttributes } from "@/api/attributes";
import type { Attribute } from "@/api/types";
import { Pill } from "@/ui/badge/Pill";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { ItemRow } from "@/ui/list/ItemRow";
import { Items } from "@/ui/list/Items";

import { AddButton } from "../AddButton";
import { SectionHead } from "../SectionHead";
import { AttributeMenu } from "./AttributeMenu";
import { NewAttributePanel } from "./NewAttributePanel";
import { OptionsPanel } from "./OptionsPanel";

export default function AttributesPage() {
  const { t } = useTranslation("settings");
  const [creating, panel] = useDisclosure(false);
  const [edited, setEdited] = useState<Attribute | null>(null);
  const add = (
    <AddButton permission="attributes.edit" onClick={panel.open}>
      {t("attributes.new")}
    </AddButton>
  );
  return (
    <>
      <SectionHead title={t("section.attributes")} body={t("attributes.body")} action={add} />
      <Items
        card
        query={useAttributes()}
        empty={<EmptyState icon={<IconAdjustments size={22} />} title={t("attributes.none")} body={t("attributes.noneBody")} />}
      >
        {(attribute) => (
          <ItemRow
            key={attribute.name}
            menu={<AttributeMenu attribute={attribute} onOptions={() => setEdited(attribute)} />}
          >
            <Group gap="sm">
              <Text fw={550}>{attribute.name}</Text>
              <Pill dot={false}>{t(`kind.${attribute.kind}`)}</Pill>
            </Group>
            {attribute.options.length > 0 && (
              <Text size="sm" c="dimmed">
                {attribute.options.join(", ")}
              </Text>
            )}
          </ItemRow>
        )}
      </Items>
      <NewAttributePanel opened={creating} onClose={panel.close} />
      <OptionsPanel attribute={edited} onClose={() => setEdited(null)} />
    </>
  );
}
