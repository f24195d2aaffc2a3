import { useTranslation } from "react-i18next";

import { ContactSelect } from "@/ui/fields/ContactSelect";

interface ContactPickerProps {
  value: number | null;
  onChange: (id: number | null) => void;
}

/** Finds the contact for whom a mail is filled in; none stands for somebody of whom nothing is known. */
export function ContactPicker(picked: ContactPickerProps) {
  const { t } = useTranslation("mail");
  return (
    <ContactSelect
      size="xs"
      w={260}
      clearable
      aria-label={t("previewFor")}
      placeholder={t("previewFor")}
      nothingFoundMessage={t("nobody")}
      {...picked}
    />
  );
}
