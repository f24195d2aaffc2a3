import { IconRoute, IconUser, type TablerIcon } from "@tabler/icons-react";
import { useNavigate } from "react-router";

import { useAutomations } from "@/api/automations";
import { useContactSearch } from "@/api/contacts";
import { useCan } from "@/api/session";
import { contactName } from "@/ui/contactName";

interface FoundAction {
  key: string;
  label: string;
  description: string;
  icon: TablerIcon;
  run: () => void;
}

/** Automations and contacts that match the letters typed; nothing is asked before there are two. */
export function useFoundActions(search: string): { found: FoundAction[]; searching: boolean } {
  const navigate = useNavigate();
  const can = useCan();
  const enough = search.length >= 2;
  const automations = useAutomations({ search, state: null }, enough && can("automations.view"));
  const contacts = useContactSearch(search, enough && can("contacts.view"));
  if (!enough) return { found: [], searching: false };
  const found = [
    ...(automations.items ?? []).slice(0, 5).map(({ id, name, trigger_summaries }) => ({
      key: `automation-${id}`,
      label: name,
      description: trigger_summaries.join(" · "),
      icon: IconRoute,
      run: () => void navigate(`/automations/${id}`),
    })),
    ...(contacts.data?.items ?? []).map((contact) => ({
      key: `contact-${contact.id}`,
      label: contactName(contact),
      description: contact.email ?? contact.phone ?? "",
      icon: IconUser,
      run: () => void navigate(`/contacts/${contact.id}`),
    })),
  ];
  return { found, searching: automations.isFetching || contacts.isFetching };
}
