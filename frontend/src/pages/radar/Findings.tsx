import { Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle, IconChevronRight, IconCircleCheck, IconCircleDashed } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import { Link } from "react-router";

import { useMend } from "@/api/radar";
import { useCan } from "@/api/session";
import type { Radar, RadarFinding, RadarFix, RadarPlace } from "@/api/types";
import { Pill } from "@/ui/badge/Pill";
import { Card } from "@/ui/card/Card";
import { tellOutcome } from "@/ui/feedback/tellOutcome";
import { toastDone } from "@/ui/feedback/toast";
import { editorAt } from "@/ui/editorAt";
import { useFormat } from "@/ui/format";

import classes from "./Radar.module.css";

type RadarAutomation = Radar["automations"][number];

/** What is wrong, each with the places that show it and, where it can, a button that mends it. */
export function Findings({ radar }: { radar: Radar }) {
  const { t } = useTranslation("radar");
  const [read, unread] = [radar.automations.filter((each) => each.read), radar.automations.filter((each) => !each.read)];
  const [faulty, drafts] = [unread.filter((each) => !isUnfinished(each)), unread.filter(isUnfinished)];
  const count = radar.findings.length + faulty.length;
  return (
    <Card title={t("findings.title", { count })} flush>
      {count === 0 && read.length > 0 && (
        <Group gap={8} className={classes["fine"] ?? ""}>
          <IconCircleCheck size={18} aria-hidden />
          <Text size="sm">{t("findings.none", { count: read.length })}</Text>
        </Group>
      )}
      <ul className={classes["findings"]}>
        {radar.findings.map((finding) => (
          <Row key={[finding.code, finding.message, ...finding.witness.map(keyOf)].join()} finding={finding} />
        ))}
        {faulty.map((automation) => (
          <Unread key={automation.id} automation={automation} />
        ))}
      </ul>
      {drafts.length > 0 && (
        <>
          <h3 className={classes["apart"]}>{t("findings.drafts", { count: drafts.length })}</h3>
          <ul className={classes["findings"]}>
            {drafts.map((automation) => (
              <Unread key={automation.id} automation={automation} />
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}

/** Whether it never ran: what it lacks is still to be done, and no fault. */
const isUnfinished = ({ state }: RadarAutomation) => state === "draft";

function Unread({ automation }: { automation: RadarAutomation }) {
  const { t } = useTranslation("radar");
  const { id, name } = automation;
  const unfinished = isUnfinished(automation);
  const Icon = unfinished ? IconCircleDashed : IconAlertTriangle;
  return (
    <li className={classes["finding"]}>
      <Icon size={17} className={classes["sign"]} data-unfinished={unfinished || undefined} aria-hidden />
      <div className={classes["words"]}>
        <Text fw={500}>{t(unfinished ? "unfinished" : "unread", { name })}</Text>
        <Link to={editorAt(id, null)} className={classes["place"]}>
          {t("open")}
        </Link>
      </div>
    </li>
  );
}

const keyOf = ({ automation, node }: RadarPlace) => `${automation}:${node}`;

function Row({ finding }: { finding: RadarFinding }) {
  const { t } = useTranslation("radar");
  const format = useFormat();
  const can = useCan();
  const { code, message, remedy, witness, fix } = finding;
  const mends = fix && can("automations.edit") && (!("re_entry" in fix.patch) || can("automations.re_entry"));
  return (
    <li className={classes["finding"]}>
      <IconAlertTriangle size={17} className={classes["sign"]} aria-hidden />
      <div className={classes["words"]}>
        <Group gap={8} mb={2}>
          <Text span fw={500}>
            {message}
          </Text>
          <Pill tone="warn" dot={false}>
            {t(`codes.${code}`)}
          </Pill>
        </Group>
        <ol className={classes["witness"]} aria-label={t("findings.witness")}>
          {witness.map((place, index) => (
            <li key={keyOf(place)}>
              {index > 0 && <IconChevronRight size={13} aria-hidden />}
              <Link to={editorAt(place.automation, place.node)} className={classes["place"]}>
                {format.named(place.name, place.phrase)}
              </Link>
            </li>
          ))}
        </ol>
        {!(mends && fix.label === remedy) && (
          <Text size="sm" c="dimmed">
            {remedy}
          </Text>
        )}
      </div>
      {mends && <Mend fix={fix} />}
    </li>
  );
}

function Mend({ fix }: { fix: RadarFix }) {
  const { t } = useTranslation("radar");
  const { mutateAsync, isPending } = useMend();
  const mend = () =>
    tellOutcome(mutateAsync(fix), (takeBack) =>
      toastDone({ message: t("mended"), undo: () => tellOutcome(takeBack()) }),
    );
  return (
    <Button size="xs" variant="light" flex="none" loading={isPending} onClick={mend}>
      {fix.label}
    </Button>
  );
}
