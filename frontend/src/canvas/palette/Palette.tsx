import { ScrollArea, Tabs, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useEditorScope } from "@/canvas/state/EditorContext";
import { type NodeKind, searchTypes, type StepKind } from "@/flow/catalog";

import classes from "./Palette.module.css";
import { PaletteItem } from "./PaletteItem";

const kinds: readonly StepKind[] = ["trigger", "rule", "action"];

/** Everything that can be put on the canvas: three tabs, and a search over all of them. */
export function Palette() {
  const { t } = useTranslation("editor");
  const { catalog } = useEditorScope();
  const [query, setQuery] = useState("");
  const [tab, setTab] = useState<StepKind>("trigger");
  const found = { trigger: [], rule: [], action: [], ...Object.groupBy(searchTypes(catalog.values(), query), byKind) };
  // What is searched for may stand under another tab.
  const shown = found[tab].length > 0 ? tab : (kinds.find((kind) => found[kind].length > 0) ?? tab);
  return (
    <section className={classes["palette"]} aria-label={t("palette.title")}>
      <TextInput
        type="search"
        aria-label={t("palette.search")}
        placeholder={t("palette.search")}
        leftSection={<IconSearch size={16} aria-hidden />}
        value={query}
        onChange={(event) => setQuery(event.currentTarget.value)}
      />
      <Tabs
        keepMounted={false}
        value={shown}
        onChange={(value) => setTab(kinds.find((kind) => kind === value) ?? "trigger")}
        classNames={{ root: classes["tabs"] ?? "", panel: classes["panel"] ?? "", tab: classes["tab"] ?? "" }}
      >
        <Tabs.List grow>
          {kinds.map((kind) => (
            <Tabs.Tab key={kind} value={kind}>
              {t(`palette.${kind}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {kinds.map((kind) => (
          <Tabs.Panel key={kind} value={kind}>
            <ScrollArea h="100%" type="auto" scrollbars="y" scrollbarSize={8}>
              <ul className={classes["list"]}>
                {found[kind].map((type) => (
                  <li key={type.key}>
                    <PaletteItem type={type} />
                  </li>
                ))}
              </ul>
              {found[kind].length === 0 && <p className={classes["none"]}>{t("picker.nothing")}</p>}
            </ScrollArea>
          </Tabs.Panel>
        ))}
      </Tabs>
    </section>
  );
}

function byKind({ kind }: { kind: NodeKind }): NodeKind {
  return kind;
}
