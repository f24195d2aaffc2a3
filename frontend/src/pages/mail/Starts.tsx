import { Skeleton, Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { usePreview } from "@/api/mailing";

import classes from "./mail.module.css";
import { type Start, draftOf, starts } from "./starts";

/** Ready mails to begin from, each with its picture. */
export function Starts() {
  const { t } = useTranslation("mail");
  return (
    <ul className={classes["starts"]}>
      {starts.map((start) => (
        <li key={start}>
          {/* A whole document: only those of templates may show pictures from the web. */}
          <a className={classes["start"]} href={`/templates/new?start=${start}`}>
            <Thumbnail start={start} />
            <span className={classes["startWords"]}>
              <Text span fw={600}>
                {t(`start.${start}.name`)}
              </Text>
              <Text span size="sm" c="dimmed">
                {t(`start.${start}.hint`)}
              </Text>
            </span>
          </a>
        </li>
      ))}
    </ul>
  );
}

function Thumbnail({ start }: { start: Start }) {
  const { t } = useTranslation("mail");
  const { name: _, ...mail } = draftOf(start, t);
  const { data } = usePreview({ ...mail, contact_id: null });
  return (
    <span className={classes["thumbnail"]} aria-hidden>
      {data ? <iframe title={start} srcDoc={data.html} sandbox="" tabIndex={-1} /> : <Skeleton height="100%" radius={0} />}
    </span>
  );
}
