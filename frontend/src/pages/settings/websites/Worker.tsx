import { Button, Collapse, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBellRinging, IconDownload } from "@tabler/icons-react";
import { useId } from "react";
import { useTranslation } from "react-i18next";

import { Snippet } from "../Snippet";

const file = "cadenza-sw.js";

/** The file that a site serves itself, so that its visitors can be shown web push. */
export function Worker({ code }: { code: string }) {
  const { t } = useTranslation("settings");
  const [open, { toggle }] = useDisclosure(false);
  const id = useId();
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        mt="xs"
        leftSection={<IconBellRinging size={16} />}
        onClick={toggle}
        aria-expanded={open}
        aria-controls={id}
      >
        {t("websites.worker")}
      </Button>
      <Collapse expanded={open} id={id}>
        <Text size="sm" c="dimmed" mt="xs">
          {t("websites.workerBody", { file })}
        </Text>
        <Snippet code={code} label={t("websites.copyWorker")}>
          <Button
            component="a"
            href={`data:text/javascript,${encodeURIComponent(code)}`}
            download={file}
            variant="default"
            size="compact-md"
            leftSection={<IconDownload size={16} />}
          >
            {t("websites.download")}
          </Button>
        </Snippet>
      </Collapse>
    </>
  );
}
