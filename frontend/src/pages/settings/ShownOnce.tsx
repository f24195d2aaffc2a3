import { Alert, Button, Code, Stack } from "@mantine/core";

import { CopyValue } from "@/ui/actions/CopyValue";
import { PanelBody } from "@/ui/panel/SidePanel";

interface ShownOnceProps {
  value: string;
  words: { once: string; copy: string; copied: string; done: string };
  onDone: () => void;
}

/** A secret that nobody can read again, in a side panel. */
export function ShownOnce({ value, words, onDone }: ShownOnceProps) {
  return (
    <PanelBody>
      <Stack gap="md">
        <Alert color="yellow" variant="light">
          {words.once}
        </Alert>
        <Code block style={{ overflowWrap: "anywhere", whiteSpace: "pre-wrap" }}>
          {value}
        </Code>
        <CopyValue value={value} label={words.copy} copied={words.copied} />
        <Button variant="default" onClick={onDone}>
          {words.done}
        </Button>
      </Stack>
    </PanelBody>
  );
}
