import { Button, Group, Input, NumberInput, Select, Stack } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import { type ReactNode, type Ref, useRef } from "react";
import { flushSync } from "react-dom";
import { useTranslation } from "react-i18next";

import type { Workspace } from "@/api/types";
import { useVocabulary } from "@/api/vocabulary";
import { IconButton } from "@/ui/actions/IconButton";

type Cap = Workspace["frequency_caps"][number];
type Rate = Workspace["send_rates"][number];

interface FieldsProps<Item> {
  value: readonly Item[];
  onChange: (items: Item[]) => void;
  disabled: boolean;
}

const most = 20;
const everyChannel = "*";
const units = ["hours", "days"] as const;
const longest = { hours: 2160, days: 90 };
const periods = ["minute", "hour"] as const;

/** How many messages may reach a contact, by a channel or by all of them. */
export function FrequencyCaps({ value, onChange, disabled }: FieldsProps<Cap>) {
  const { t } = useTranslation("settings");
  const channels = [{ value: everyChannel, label: t("pressure.all") }, ...useChannels()];
  const change = (at: number, changes: Partial<Cap>) => onChange(replaced(value, at, changes));
  const { add, remove } = useRemoval(value, onChange);
  return (
    <Input.Wrapper label={t("pressure.caps")} labelElement="div" description={t("pressure.caps_detail")}>
      <Stack gap="xs" mt="xs">
        {value.map((cap, at) => (
          // Caps and rates have no name: their place is all that tells them apart.
          // oxlint-disable-next-line react/no-array-index-key
          <Row key={at} name={t("pressure.cap", { number: at + 1 })} onRemove={() => remove(at)} disabled={disabled}>
            <Channel
              data={channels}
              value={cap.channel ?? everyChannel}
              onChange={(channel) => change(at, { channel: channel === everyChannel ? null : channel })}
              disabled={disabled}
            />
            <Whole label={t("pressure.most")} max={100} value={cap.most} onChange={(number) => change(at, { most: number })} />
            <Whole
              label={t("pressure.within")}
              max={longest[cap.within.unit]}
              value={cap.within.amount}
              onChange={(amount) => change(at, { within: { ...cap.within, amount } })}
            />
            <Choice
              label={t("pressure.unit")}
              data={units.map((unit) => ({ value: unit, label: t(`pressure.${unit}`) }))}
              value={cap.within.unit}
              onChange={(unit) =>
                change(at, { within: { unit, amount: Math.min(cap.within.amount, longest[unit]) } })
              }
              disabled={disabled}
            />
          </Row>
        ))}
        {!disabled && value.length < most && (
          <Add
            ref={add}
            label={t("pressure.addCap")}
            onAdd={() => onChange([...value, { channel: null, most: 2, within: { amount: 1, unit: "days" } }])}
          />
        )}
      </Stack>
    </Input.Wrapper>
  );
}

/** How fast messages leave, by channel. */
export function SendRates({ value, onChange, disabled }: FieldsProps<Rate>) {
  const { t } = useTranslation("settings");
  const channels = useChannels();
  const taken = new Set(value.map((rate) => rate.channel));
  const free = channels.find((each) => !taken.has(each.value));
  const change = (at: number, changes: Partial<Rate>) => onChange(replaced(value, at, changes));
  const { add, remove } = useRemoval(value, onChange);
  return (
    <Input.Wrapper label={t("pressure.rates")} labelElement="div" description={t("pressure.rates_detail")}>
      <Stack gap="xs" mt="xs">
        {value.map((rate, at) => (
          // Caps and rates have no name: their place is all that tells them apart.
          // oxlint-disable-next-line react/no-array-index-key
          <Row key={at} name={t("pressure.rate", { number: at + 1 })} onRemove={() => remove(at)} disabled={disabled}>
            <Channel
              data={channels.filter((each) => each.value === rate.channel || !taken.has(each.value))}
              value={rate.channel}
              onChange={(channel) => change(at, { channel })}
              disabled={disabled}
            />
            <Whole
              label={t("pressure.most")}
              max={1_000_000}
              value={rate.most}
              onChange={(number) => change(at, { most: number })}
            />
            <Choice
              label={t("pressure.per")}
              data={periods.map((per) => ({ value: per, label: t(`pressure.${per}`) }))}
              value={rate.per}
              onChange={(per) => change(at, { per })}
              disabled={disabled}
            />
          </Row>
        ))}
        {!disabled && free && (
          <Add
            ref={add}
            label={t("pressure.addRate")}
            onAdd={() => onChange([...value, { channel: free.value, most: 100, per: "minute" }])}
          />
        )}
      </Stack>
    </Input.Wrapper>
  );
}

function useChannels() {
  const channels = useVocabulary().data?.channels ?? [];
  return channels.map(({ key, label }) => ({ value: key, label }));
}

function replaced<Item>(items: readonly Item[], at: number, changes: Partial<Item>): Item[] {
  return items.map((item, each) => (each === at ? { ...item, ...changes } : item));
}

/** What is removed takes the focus with it; it goes on to what adds, which is there as soon as there is room again. */
function useRemoval<Item>(items: readonly Item[], onChange: (items: Item[]) => void) {
  const add = useRef<HTMLButtonElement>(null);
  const remove = (at: number) => {
    flushSync(() => onChange(items.filter((_, each) => each !== at)));
    add.current?.focus();
  };
  return { add, remove };
}

interface RowProps {
  name: string;
  children: ReactNode;
  onRemove: () => void;
  disabled: boolean;
}

function Row({ name, children, onRemove, disabled }: RowProps) {
  const { t } = useTranslation("settings");
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap" role="group" aria-label={name}>
      <Group gap="xs" flex={1}>
        {children}
      </Group>
      {!disabled && (
        <IconButton name={t("pressure.remove", { name })} size={36} onClick={onRemove}>
          <IconTrash size={17} aria-hidden />
        </IconButton>
      )}
    </Group>
  );
}

function Add({ ref, label, onAdd }: { ref: Ref<HTMLButtonElement>; label: string; onAdd: () => void }) {
  return (
    <Group>
      <Button ref={ref} variant="default" size="xs" leftSection={<IconPlus size={14} aria-hidden />} onClick={onAdd}>
        {label}
      </Button>
    </Group>
  );
}

interface ChannelProps {
  data: { value: string; label: string }[];
  value: string;
  onChange: (channel: string) => void;
  disabled: boolean;
}

function Channel(props: ChannelProps) {
  const { t } = useTranslation("settings");
  return <Choice label={t("pressure.channel")} wide {...props} />;
}

interface ChoiceProps<Value extends string> {
  label: string;
  data: { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
  disabled: boolean;
  wide?: boolean;
}

function Choice<Value extends string>({ label, data, value, onChange, disabled, wide = false }: ChoiceProps<Value>) {
  return (
    <Select
      label={label}
      data={data}
      value={value}
      onChange={(chosen) => {
        const found = data.find((each) => each.value === chosen);
        if (found) onChange(found.value);
      }}
      allowDeselect={false}
      disabled={disabled}
      flex={wide ? "2 1 120px" : "1 1 90px"}
    />
  );
}

interface WholeProps {
  label: string;
  max: number;
  value: number;
  onChange: (value: number) => void;
}

function Whole({ label, max, value, onChange }: WholeProps) {
  return (
    <NumberInput
      label={label}
      min={1}
      max={max}
      allowDecimal={false}
      thousandSeparator=" "
      value={value}
      onChange={(number) => typeof number === "number" && number > 0 && onChange(number)}
      clampBehavior="strict"
      flex="1 1 70px"
    />
  );
}
