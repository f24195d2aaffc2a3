import { Alert, Button, Group, Stack, Table, Text, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { importErrorsUrl } from "@/api/imports";
import type { ImportProgress } from "@/api/types";
import { useFormat } from "@/ui/format";

import classes from "./ContactImport.module.css";

const figures = ["created", "updated", "unchanged", "failed"] as const;

/** What became of every row: four counts that add up, and each refused row with its reason. */
export function ResultStep({ result, onAgain }: { result: ImportProgress; onAgain: () => void }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  const color = result.state === "finished" ? "teal" : "red";
  return (
    <Stack gap="lg">
      <Alert color={color} variant="light" role="status">
        {t(`result.${result.state}`, { rows: result.processed, total: result.total })}
        {result.problem && ` ${result.problem}`}
      </Alert>
      <dl className={classes["figures"]}>
        {figures.map((key) => (
          <div key={key} className={classes["figure"]}>
            <Text component="dt" size="sm" c="dimmed">
              {t(`result.figure.${key}`)}
            </Text>
            <Text component="dd" m={0} fz={24} fw={600} className="tabular">
              {format.number(result[key])}
            </Text>
          </div>
        ))}
      </dl>
      {result.failed > 0 && <FailedRows result={result} />}
      <Group>
        <Button component={Link} to="/contacts">
          {t("result.contacts")}
        </Button>
        <Button variant="default" onClick={onAgain}>
          {t("result.again")}
        </Button>
      </Group>
    </Stack>
  );
}

function FailedRows({ result }: { result: ImportProgress }) {
  const { t } = useTranslation("imports");
  const format = useFormat();
  return (
    <section>
      <Group justify="space-between" mb="xs">
        <Title order={2} size="h5">
          {t("result.errors", { count: result.failed })}
        </Title>
        <Button
          component="a"
          href={importErrorsUrl(result.id)}
          download
          size="xs"
          variant="default"
          leftSection={<IconDownload size={14} />}
        >
          {t("result.download")}
        </Button>
      </Group>
      <div className={classes["scroll"]}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t("result.row")}</Table.Th>
              <Table.Th>{t("result.column")}</Table.Th>
              <Table.Th>{t("result.value")}</Table.Th>
              <Table.Th>{t("result.reason")}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {result.errors_sample.map(({ row, column, value, message }) => (
              <Table.Tr key={`${row}:${column}`}>
                <Table.Td className="tabular">{format.number(row)}</Table.Td>
                <Table.Td>{column}</Table.Td>
                <Table.Td>{value}</Table.Td>
                <Table.Td style={{ whiteSpace: "normal" }}>{message}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {result.failed > result.errors_sample.length && (
        <Text size="sm" c="dimmed" mt="xs">
          {t("result.more")}
        </Text>
      )}
    </section>
  );
}
