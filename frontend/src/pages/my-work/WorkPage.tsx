import { SimpleGrid } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useUser } from "@/api/session";
import { Page } from "@/ui/page/Page";

import { MyAlerts } from "./MyAlerts";
import { MyContacts } from "./MyContacts";
import { MyDeals } from "./MyDeals";
import { MyTasks } from "./MyTasks";

/** Where those begin who sell: what is theirs to do, and whom they look after. */
export default function WorkPage() {
  const { t } = useTranslation("work");
  const { name } = useUser();
  return (
    <Page title={t("title")} subtitle={name}>
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
        <MyTasks />
        <MyAlerts />
        <MyContacts />
        <MyDeals />
      </SimpleGrid>
    </Page>
  );
}
