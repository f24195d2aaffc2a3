import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { MailTemplateLine } from "@/api/mailing";
import { useCan } from "@/api/session";
import { useFormat } from "@/ui/format";
import type { Column } from "@/ui/table/types";
import { RelativeTime } from "@/ui/time/RelativeTime";

import classes from "./mail.module.css";
import { TemplateMenu } from "./TemplateMenu";

export function useTemplateColumns(): Column<MailTemplateLine>[] {
  const { t } = useTranslation(["mail", "common"]);
  const format = useFormat();
  const may = useCan()("mail.edit");
  return [
    {
      key: "name",
      header: t("column.name"),
      cell: ({ id, name, subject }) => (
        <div className={classes["name"]}>
          <a className={classes["link"]} href={`/templates/${id}`} onClick={(event) => event.stopPropagation()}>
            {name}
          </a>
          <Text size="sm" c="dimmed" lineClamp={1}>
            {subject}
          </Text>
        </div>
      ),
    },
    { key: "format", header: t("column.format"), hideBelow: "sm", width: 100, cell: (row) => row.format.toUpperCase() },
    { key: "sent", header: t("column.sent"), align: "right", width: 110, cell: (row) => format.number(row.sent) },
    {
      key: "changed",
      header: t("column.changed"),
      hideBelow: "sm",
      width: 160,
      cell: (row) => <RelativeTime at={row.updated_at} />,
    },
    ...(may
      ? [
          {
            key: "menu",
            header: t("common:actions"),
            hideHeader: true,
            width: 52,
            cell: (row: MailTemplateLine) => <TemplateMenu template={row} />,
          },
        ]
      : []),
  ];
}
