import { Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconAdjustments, IconPlus } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useAttributes } from "@/api/attributes";
import type { Attribute } from "@/api/types";
import { GuardedButton } from "@/ui/actions/GuardedButton";
import { Pill } from "@/ui/badge/Pill";
import { Card } from "@/ui/card/Card";
import { EmptyState } from "@/ui/feedback/EmptyState";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { ItemRow } from "@/ui/list/ItemRow";

import { SectionHead } from "../SectionHead";
import { AttributeMenu } from "./AttributeMenu";
import { NewAttributePanel } from "./NewAttributePanel";
import { OptionsPanel } from "./OptionsPanel";

export default function AttributesPage() {
  const { t } = useTranslation("settings");
  const [creating, panel] = useDisclosure(false);
  const [edited, setEdited] = useState<Attribute | null>(null);
  const create = (
    <GuardedButton permission="attributes.edit" leftSection={<IconPlus size={16} />} onClick={panel.open}>
      {t("attributes.new")}
    </GuardedButton>
  );
  return (
    <>
      <SectionHead title={t("section.attributes")} body={t("attributes.body")} action={create} />
      <Loaded query={useAttributes()} skeleton={<SkeletonRows />}>
        {({ items }) =>
          items.length === 0 ? (
            <EmptyState icon={<IconAdjustments size={22} />} title={t("attributes.none")} body={t("attributes.noneBody")} />
          ) : (
            <Card flush>
              {items.map((attribute) => (
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
              ))}
            </Card>
          )
        }
      </Loaded>
      <NewAttributePanel opened={creating} onClose={panel.close} />
      <OptionsPanel attribute={edited} onClose={() => setEdited(null)} />
    </>
  );
}
