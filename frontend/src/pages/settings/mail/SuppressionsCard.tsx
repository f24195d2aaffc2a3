import { Button, Group, Stack, Text, TextInput } from "@mantine/core";
import { useForm } from "@mantine/form";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { type Suppression, useLift, useSuppress, useSuppressions } from "@/api/mailing";
import { useConfirmed } from "@/ui/actions/useConfirmed";
import { Card } from "@/ui/card/Card";
import { Loaded } from "@/ui/feedback/Loaded";
import { SkeletonRows } from "@/ui/feedback/SkeletonRows";
import { SearchField } from "@/ui/fields/SearchField";
import { ItemRow } from "@/ui/list/ItemRow";
import { RelativeTime } from "@/ui/time/RelativeTime";
import { useSaving } from "@/ui/useSaving";

/** Addresses that take no mail to contacts, and why. */
export function SuppressionsCard() {
  const { t } = useTranslation("mail");
  const [search, setSearch] = useState("");
  const query = useSuppressions(search);
  const items = query.items ?? [];
  return (
    <Card title={t("suppressed.title")}>
      <Stack gap="md">
        <Text c="dimmed">{t("suppressed.body")}</Text>
        <Group justify="space-between" align="flex-end">
          <NewSuppression />
          <SearchField label={t("suppressed.search")} value={search} onChange={setSearch} />
        </Group>
        <Loaded query={query} skeleton={<SkeletonRows count={2} />}>
          {() =>
            items.length === 0 ? (
              <Text c="dimmed">{t(search ? "suppressed.noMatch" : "suppressed.none")}</Text>
            ) : (
              <div>
                {items.map((each) => (
                  <SuppressionRow key={each.id} suppression={each} />
                ))}
              </div>
            )
          }
        </Loaded>
        {query.hasNextPage && (
          <Group>
            <Button variant="default" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              {t("suppressed.more")}
            </Button>
          </Group>
        )}
      </Stack>
    </Card>
  );
}

function NewSuppression() {
  const { t } = useTranslation("mail");
  const suppress = useSuppress();
  const form = useForm({ initialValues: { address: "" } });
  const send = useSaving(form);
  const submit = form.onSubmit(({ address }) =>
    send(suppress, address, { said: t("suppressed.added", { address }), onDone: () => form.reset() }),
  );
  return (
    <form onSubmit={submit} noValidate>
      <Group align="flex-end" gap="xs">
        <TextInput
          label={t("suppressed.address")}
          placeholder={t("suppressed.example")}
          inputMode="email"
          w={260}
          {...form.getInputProps("address")}
        />
        <Button type="submit" variant="default" loading={suppress.isPending}>
          {t("suppressed.add")}
        </Button>
      </Group>
    </form>
  );
}

function SuppressionRow({ suppression: { id, address, reason, at } }: { suppression: Suppression }) {
  const { t } = useTranslation("mail");
  const lift = useConfirmed(useLift());
  const ask = () =>
    lift(id, {
      title: t("suppressed.liftTitle", { address }),
      body: t(address.startsWith("@") ? "suppressed.liftDomain" : "suppressed.liftBody"),
      verb: t("suppressed.lift"),
    });
  return (
    <ItemRow
      menu={
        <Button size="compact-sm" variant="subtle" onClick={ask} aria-label={t("suppressed.liftOne", { address })}>
          {t("suppressed.lift")}
        </Button>
      }
    >
      <Text fw={550} style={{ overflowWrap: "anywhere" }}>
        {address}
      </Text>
      <Text size="sm" c="dimmed">
        {t(`suppressed.reason.${reason}`)} · <RelativeTime at={at} />
      </Text>
    </ItemRow>
  );
}
