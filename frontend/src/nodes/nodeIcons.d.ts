declare module "virtual:node-icons" {
  import type { ComponentType } from "react";
  import type { IconProps } from "@tabler/icons-react";

  export const nodeIcons: Readonly<Record<string, ComponentType<IconProps>>>;
}
