import { IconBolt, IconHelpHexagon, IconPlayerPlay, IconRouteAltLeft, IconStack2 } from "@tabler/icons-react";
import { createElement } from "react";
import { nodeIcons } from "virtual:node-icons";

import type { NodeType } from "@/flow/catalog";

const byKind = { trigger: IconPlayerPlay, rule: IconRouteAltLeft, action: IconBolt, group: IconStack2 } as const;

/** The picture of a type of step; of its kind when it has none, a question mark when the type is unknown. */
export function StepIcon({ type, size = 18 }: { type: NodeType | undefined; size?: number }) {
  const icon = type ? (nodeIcons[type.icon] ?? byKind[type.kind]) : IconHelpHexagon;
  return createElement(icon, { size, stroke: 1.75, "aria-hidden": true });
}
