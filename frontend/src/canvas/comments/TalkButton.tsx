import { Indicator } from "@mantine/core";
import { IconMessages } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { useTogether } from "@/canvas/together/TogetherContext";
import { IconButton } from "@/ui/actions/IconButton";

/** Opens what is said about the automation; tells how much of it is open. */
export function TalkButton() {
  const { t } = useTranslation("together");
  const { threads, showTalk } = useTogether();
  const open = threads.filter((thread) => thread.resolved_at === null).length;
  const name = open > 0 ? `${t("comments.open")} (${t("comments.count", { count: open })})` : t("comments.open");
  return (
    <Indicator label={open} size={15} disabled={open === 0} offset={5} aria-hidden={false}>
      <IconButton name={name} onClick={() => showTalk({ node: null })}>
        <IconMessages size={18} />
      </IconButton>
    </Indicator>
  );
}
