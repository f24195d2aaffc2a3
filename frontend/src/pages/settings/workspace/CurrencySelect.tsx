import { Select, type SelectProps } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

interface CurrencySelectProps extends Omit<SelectProps, "data"> {
  currencies: readonly string[];
}

/** Chooses a currency by its code or its name in the screen's language. */
export function CurrencySelect({ currencies, ...select }: CurrencySelectProps) {
  const { i18n } = useTranslation();
  const data = useMemo(() => {
    const names = new Intl.DisplayNames(i18n.language, { type: "currency" });
    return currencies.map((value) => ({ value, label: `${value} · ${names.of(value) ?? value}` }));
  }, [currencies, i18n.language]);
  return <Select searchable allowDeselect={false} {...select} data={data} />;
}
