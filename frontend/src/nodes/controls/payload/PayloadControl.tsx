import { ActionIcon, Input, Select, Stack, Text } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type StepPlace, useHookAddress, useHookCalls } from "@/api/hooks";
import { useCan } from "@/api/session";
import type { HookValue } from "@/api/types";
import { asObject } from "@/flow/json";
import { textOf } from "@/nodes/controls/common";
import { useFormScope } from "@/nodes/form/scope";
import type { ControlProps } from "@/nodes/form/types";
import { problemWords } from "@/ui/feedback/toast";

import { AddressField } from "./AddressField";
import { LastCalls, Waiting } from "./LastCalls";
import { identifiers, withAttribute, withPath } from "./mapping";
import { Outcome } from "./Outcome";
import { PasteExample } from "./PasteExample";
import { PathInput } from "./PathInput";
import { SentValues } from "./SentValues";

/** What stands where in the JSON that other tools send to the step: its address, its last calls, and the mapping. */
export function PayloadControl(props: ControlProps) {
  const { place } = useFormScope();
  const may = useCan()("automations.edit");
  return place && may ? <Called {...props} place={place} /> : <Mapping {...props} values={undefined} />;
}

function Called({ place, ...props }: ControlProps & { place: StepPlace }) {
  const address = useHookAddress(place);
  const calls = useHookCalls(place, address.isSuccess).data;
  const [chosen, setChosen] = useState<number>();
  const items = calls?.items ?? [];
  const call = items.find(({ id }) => id === chosen) ?? items[0];
  return (
    <Stack gap="md">
      {address.data && <AddressField place={place} url={address.data.url} disabled={props.disabled} />}
      {address.error && (
        <Text size="sm" c="var(--cz-bad)" role="alert">
          {problemWords(address.error)}
        </Text>
      )}
      {calls && !call && <Waiting />}
      {calls && !props.disabled && <PasteExample place={place} onKept={setChosen} />}
      {calls && call && (
        <LastCalls place={place} calls={items} refused={calls.refused} chosen={call} onChoose={setChosen} />
      )}
      {call && <SentValues values={call.values} {...props} />}
      <Mapping {...props} values={call?.values} />
      {call && <Outcome place={place} call={call.id} mapping={asObject(props.value)} />}
    </Stack>
  );
}

function Mapping({ values, ...props }: ControlProps & { values: readonly HookValue[] | undefined }) {
  const { label, description, error, disabled, onChange } = props;
  const { t } = useTranslation("hooks");
  const { attributes } = useFormScope().vocabulary;
  const mapping = asObject(props.value);
  const written = asObject(mapping["attributes"]);
  const free = attributes.filter(({ name }) => !(name in written)).map(({ name }) => name);
  const common = { values, disabled };
  return (
    <Input.Wrapper label={label} description={description} error={error} labelElement="div">
      <Stack gap="sm" mt="xs">
        <Head title={t("whose")} hint={t("whose_hint")} />
        {identifiers.map((kind) => (
          <PathInput
            key={kind}
            {...common}
            label={t(kind)}
            path={textOf(mapping[kind])}
            onChange={(path) => onChange(withPath(mapping, kind, path))}
          />
        ))}
        <PathInput
          {...common}
          label={t("message_id")}
          description={t("message_id_hint")}
          path={textOf(mapping["message_id"])}
          onChange={(path) => onChange(withPath(mapping, "message_id", path))}
        />
        <Head title={t("attributes")} hint={t("attributes_hint")} />
        {Object.entries(written).map(([name, path]) => (
          <PathInput
            key={name}
            {...common}
            label={name}
            path={textOf(path)}
            onChange={(next) => onChange(withAttribute(mapping, name, next))}
            right={
              !disabled && (
                <ActionIcon
                  variant="subtle"
                  color="gray"
                  aria-label={t("remove", { name })}
                  onClick={() => onChange(withAttribute(mapping, name, null))}
                >
                  <IconX size={14} aria-hidden />
                </ActionIcon>
              )
            }
          />
        ))}
        {!disabled && (
          <Select
            aria-label={t("add_attribute")}
            placeholder={t("add_attribute")}
            data={free}
            value={null}
            onChange={(name) => name !== null && onChange(withAttribute(mapping, name, ""))}
            searchable
          />
        )}
      </Stack>
    </Input.Wrapper>
  );
}

function Head({ title, hint }: { title: string; hint: string }) {
  return (
    <div>
      <Text size="sm" fw={600}>
        {title}
      </Text>
      <Text size="xs" c="dimmed">
        {hint}
      </Text>
    </div>
  );
}
