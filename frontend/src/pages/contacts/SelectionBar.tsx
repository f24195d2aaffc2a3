import { Button, CloseButton, Menu, Popover, ScrollArea, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconArrowMerge, IconList, IconTag } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { type Membership, useMembership } from "@/api/contacts";
import { useCan } from "@/api/session";
import { useVocabulary } from "@/api/vocabulary";
import { AddToAutomationButton } from "@/ui/entries/AddToAutomationButton";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastDone } from "@/ui/feedback/toast";

import classes from "./ContactsPage.module.css";

/** What can be done with the ticked contacts; each can be undone. */
export function SelectionBar({ chosen, onClear }: { chosen: ReadonlySet<number>; onClear: () => void }) {
  const { t } = useTranslation(["contacts", "common"]);
  const can = useCan();
  const lists = useVocabulary().data?.lists ?? [];
  const membership = useMembership();
  const count = chosen.size;
  if (count === 0 || !can("contacts.edit")) return null;
  const add = (to: Membership, message: string) => {
    const contacts = [...chosen];
    const undo = () => tellOutcome(membership.mutateAsync({ contacts, to, present: false }));
    tellOutcome(membership.mutateAsync({ contacts, to, present: true }), () => toastDone({ message, undo }));
  };
  return (
    <div className={classes["bar"]} role="toolbar" aria-label={t("selected", { count })}>
      <Text size="md" fw={500} className="tabular">
        {t("selected", { count })}
      </Text>
      <Menu position="top" width={240}>
        <Menu.Target>
          <Button variant="light" leftSection={<IconList size={16} />} loading={membership.isPending}>
            {t("addToList")}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <ScrollArea.Autosize mah={280}>
            {lists.map(({ id, name }) => (
              <Menu.Item key={id} onClick={() => add({ lists: id }, t("addedToList", { count, name }))}>
                {name}
              </Menu.Item>
            ))}
            {lists.length === 0 && <Menu.Label>{t("noLists")}</Menu.Label>}
          </ScrollArea.Autosize>
        </Menu.Dropdown>
      </Menu>
      <TagButton onTag={(tag) => add({ tags: tag }, t("tagged", { count, name: tag }))} />
      <AddToAutomationButton who={{ contacts: [...chosen] }} count={count} variant="light" />
      {count === 2 && can("contacts.merge") && <MergeButton chosen={[...chosen]} />}
      <CloseButton aria-label={t("clearSelection")} onClick={onClear} ml="auto" />
    </div>
  );
}

/** The contact that has been here longer is kept, unless somebody turns it round on the page. */
function MergeButton({ chosen }: { chosen: number[] }) {
  const { t } = useTranslation("contacts");
  const [kept, other] = chosen.toSorted((one, another) => one - another);
  return (
    <Button
      component={Link}
      to={`/contacts/${String(kept)}/merge?with=${String(other)}`}
      variant="light"
      leftSection={<IconArrowMerge size={16} />}
    >
      {t("merge")}
    </Button>
  );
}

function TagButton({ onTag }: { onTag: (tag: string) => void }) {
  const { t } = useTranslation(["contacts", "common"]);
  const [opened, popover] = useDisclosure(false);
  const [tag, setTag] = useState("");
  const submit = () => {
    if (!tag.trim()) return;
    onTag(tag.trim());
    setTag("");
    popover.close();
  };
  return (
    <Popover opened={opened} onChange={(open) => !open && popover.close()} position="top" trapFocus returnFocus>
      <Popover.Target>
        <Button variant="light" leftSection={<IconTag size={16} />} onClick={popover.toggle} aria-expanded={opened}>
          {t("addTag")}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t("addTag")}>
        <form
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <TextInput
            aria-label={t("tagName")}
            placeholder={t("tagName")}
            value={tag}
            maxLength={100}
            data-autofocus
            onChange={(event) => setTag(event.currentTarget.value)}
          />
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
