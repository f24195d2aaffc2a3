import { useNavigate } from "react-router";

import { useKeys } from "@/ui/useKeys";

/** "g" and then a letter goes to a page; "?" shows all shortcuts. */
export function useGoKeys(onHelp: () => void, enabled: boolean): void {
  const navigate = useNavigate();
  const go = (path: string) => () => void navigate(path);
  useKeys(
    {
      "?": onHelp,
      "g a": go("/automations"),
      "g m": go("/campaigns"),
      "g c": go("/contacts"),
      "g t": go("/templates"),
      "g d": go("/deals"),
      "g n": go("/notifications"),
      "g s": go("/settings"),
    },
    enabled,
  );
}
