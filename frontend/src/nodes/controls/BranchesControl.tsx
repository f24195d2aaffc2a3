import { Anchor, Button, Group, Input, Stack, Text } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import type { JsonObject } from "@/flow/document";
import { asObject, listOf } from "@/flow/json";
import { useFormScope } from "@/nodes/form/scope";
import type { ControlProps } from "@/nodes/form/types";

import { BranchCard } from "./BranchCard";
import { freshBranch, moved, reshared, sharedEvenly, sumOf, withoutPart, withShare } from "./branches";
import { textOf } from "./common";

/** A list of branches: each has a name and parts of its own, and can be added, removed and put in another order. */
export function BranchesControl(props: ControlProps) {
  const { name, label, description, error, disabled, onChange, options, schema } = props;
  const { t } = useTranslation("editor");
  const { config } = useFormScope();
  const branches = listOf(props.value ?? schema["default"]).map(asObject);
  const shares = useShares(options, config);
  // The server says so too, in its own time: once is enough.
  const off = shares !== undefined && sumOf(branches, shares.part) !== shares.total;
  const [fresh, setFresh] = useState<string>();
  // A branch that is new must not get the id, and with it the line, of one that was removed.
  const removed = useRef(new Set<string>());
  const adder = useRef<HTMLButtonElement>(null);
  const [least, most] = [limitOf(schema["minItems"], 0), limitOf(schema["maxItems"], Infinity)];

  const add = () => {
    const words = branches.flatMap(({ id, name: known }) => [textOf(id), textOf(known).trim().toLowerCase()]);
    const branch = freshBranch(new Set([...words, ...removed.current]));
    const after = [...branches, branch];
    setFresh(branch.id);
    onChange(shares ? reshared(branches, after, shares.part, shares.total, branch.id) : after);
  };
  const remove = (index: number) => {
    const after = branches.filter((_, at) => at !== index);
    removed.current.add(textOf(branches[index]?.["id"]));
    onChange(shares ? reshared(branches, after, shares.part, shares.total) : after);
    adder.current?.focus();
  };
  const change = (index: number, part: string, value: JsonObject[string] | undefined) => {
    const isShare = shares?.part === part && (value === undefined || typeof value === "number");
    onChange(
      isShare
        ? withShare(branches, part, shares.total, index, value)
        : branches.map((branch, at) => (at === index ? withPart(branch, part, value) : branch)),
    );
  };

  return (
    <Input.Wrapper label={label} description={description} error={!off && error} labelElement="div">
      <Stack gap="xs" mt={4}>
        {branches.map((branch, index) => (
          <BranchCard
            key={textOf(branch["id"])}
            path={`${name}[${String(index)}]`}
            branch={branch}
            place={[index, branches.length]}
            field={props}
            inline={shares?.part}
            fresh={branch["id"] === fresh}
            onPart={(part, value) => change(index, part, value)}
            onMove={(to) => onChange(moved(branches, index, to))}
            onRemove={branches.length > least ? () => remove(index) : undefined}
          />
        ))}
        {off && (
          <Sum
            percent={sumOf(branches, shares.part) + 100 - shares.total}
            onEven={() => onChange(sharedEvenly(branches, shares.part, shares.total))}
          />
        )}
        <Button
          ref={adder}
          variant="default"
          size="xs"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={add}
          disabled={disabled || branches.length >= most}
        >
          {branches.length >= most ? t("control.branch_most", { most }) : t("control.branch_add")}
        </Button>
      </Stack>
    </Input.Wrapper>
  );
}

/** Shares that do not add up, and the way to mend them. */
function Sum({ percent, onEven }: { percent: number; onEven: () => void }) {
  const { t } = useTranslation("editor");
  return (
    <Group gap="xs" justify="space-between" wrap="nowrap">
      <Text size="xs" c="var(--cz-warn)" role="status">
        {t("control.share_sum", { sum: percent })}
      </Text>
      <Anchor component="button" type="button" size="xs" flex="none" onClick={onEven}>
        {t("control.share_evenly")}
      </Anchor>
    </Group>
  );
}

/** Which part is a share, and what all shares must make beside that of another field. */
function useShares(options: JsonObject, config: JsonObject): { part: string; total: number } | undefined {
  const { part, beside } = asObject(options["total"]);
  const other = config[textOf(beside)];
  return typeof part === "string" ? { part, total: 100 - (typeof other === "number" ? other : 0) } : undefined;
}

function withPart(branch: JsonObject, part: string, value: JsonObject[string] | undefined): JsonObject {
  return value === undefined ? withoutPart(branch, part) : { ...branch, [part]: value };
}

function limitOf(value: JsonObject[string] | undefined, fallback: number): number {
  return typeof value === "number" ? value : fallback;
}
