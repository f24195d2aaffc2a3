import { Alert, Button, Group, Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { createElement } from "react";
import { useTranslation } from "react-i18next";

import { useFormScope } from "@/nodes/form/scope";

import type { Contested } from "./contested";
import { FaultsContext } from "./faults";
import type { ControlProps } from "./types";

interface ContestedNoticeProps {
  contested: Contested;
  /** What the control of the field is drawn with: the other value is shown by the same one. */
  control: ControlProps;
  widget: string | undefined;
}

const UNFAULTED = {};

/** Beneath a field that was changed here and elsewhere: what the others applied, and whose shall stay. */
export function ContestedNotice({ contested: { theirs, decide }, control, widget }: ContestedNoticeProps) {
  const { t } = useTranslation("together");
  const { controlFor } = useFormScope();
  return (
    <Alert color="blue" icon={<IconUsers size={18} />} mt="xs" role="status" aria-label={t("contested.title", { field: control.label })}>
      <Text size="sm" mb="xs">
        {t("contested.body")}
      </Text>
      <FaultsContext value={UNFAULTED}>
        {createElement(controlFor(widget, control.schema["type"]), {
          ...control,
          id: `${control.id}-theirs`,
          label: t("contested.theirs", { field: control.label }),
          description: undefined,
          required: false,
          disabled: true,
          error: undefined,
          value: theirs,
          onChange: () => undefined,
        })}
      </FaultsContext>
      {!control.disabled && (
        <Group gap="xs" mt="xs">
          <Button size="compact-sm" variant="default" onClick={() => decide("mine")}>
            {t("clash.mine")}
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => decide("theirs")}>
            {t("clash.theirs")}
          </Button>
        </Group>
      )}
    </Alert>
  );
}
