import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useFormScope } from "@/nodes/form/scope";
import type { ControlProps } from "@/nodes/form/types";

import { textOf } from "./common";
import { asSent, isFilledIn, lengthOf } from "./sms";
import { TemplateTextControl } from "./TemplateTextControl";

/** A text message, with how many parts the network makes of it. */
export function SmsTextControl(props: ControlProps) {
  const { t } = useTranslation("editor");
  const text = textOf(props.value);
  const sent = asSent(text, useFormScope().vocabulary.watched_domains);
  const { encoding, units, parts, left } = lengthOf(sent);
  return (
    <div>
      <TemplateTextControl {...props} />
      <Text size="xs" c="dimmed" className="tabular" aria-live="polite">
        {t("control.sms", { count: parts, units, left, encoding })}
      </Text>
      {sent !== text && (
        <Text size="xs" c="dimmed">
          {t("control.smsMarked")}
        </Text>
      )}
      {encoding === "UCS-2" && (
        <Text size="xs" c="dimmed">
          {t("control.smsWide")}
        </Text>
      )}
      {isFilledIn(text) && (
        <Text size="xs" c="dimmed">
          {t("control.smsAbout")}
        </Text>
      )}
    </div>
  );
}
