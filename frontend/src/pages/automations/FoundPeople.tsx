import { Text } from "@mantine/core";
import { IconUser } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { MOST_INSIDE, usePeopleInside } from "@/api/stepSearch";
import { editorWithWay } from "@/ui/editorAt";
import { SearchMark } from "@/ui/SearchMark";

import classes from "./Found.module.css";
import { FoundLink } from "./FoundLink";

/** Contacts of this name or email inside any automation, each leading to its way, lit on the canvas. */
export function FoundPeople({ text }: { text: string }) {
  const { t } = useTranslation("reading");
  const { data: found } = usePeopleInside(text);
  if (!found || found.length === 0) return null;
  return (
    <section aria-label={t("search.inside")} className={classes["found"]}>
      <h2 className={classes["title"]}>{t("search.inside")}</h2>
      <ul className={classes["steps"]}>
        {found.map(({ id, automation, contact, version, step }) => (
          <li key={id}>
            <FoundLink
              to={editorWithWay(automation.id, { version, contact: contact.id, run: id })}
              icon={<IconUser size={16} stroke={1.6} />}
              label={<SearchMark text={contact.name || contact.email || `#${String(contact.id)}`} wanted={text} />}
              words={
                <>
                  {contact.name && contact.email && (
                    <>
                      <SearchMark text={contact.email} wanted={text} />
                      {" · "}
                    </>
                  )}
                  {step}
                </>
              }
              automation={automation.name}
            />
          </li>
        ))}
      </ul>
      {found.length === MOST_INSIDE && (
        <Text size="sm" c="dimmed" mt="xs">
          {t("search.most_inside", { most: MOST_INSIDE })}
        </Text>
      )}
    </section>
  );
}
