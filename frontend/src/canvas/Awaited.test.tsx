import { MantineProvider } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import { expect, test } from "vitest";

import { Awaited } from "./Awaited";
import { EditorProvider, type EditorScope } from "./state/EditorContext";
import type { Trouble } from "./useLater";

test.each<[Trouble | null, string, string]>([
  [null, "inspector.loading", "true"],
  ["away", "inspector.loading", "false"],
  ["broken", "inspector.absent", "false"],
])("%s: the place is named, and busy only while nothing is to be told", (trouble, name, busy) => {
  render(
    <MantineProvider env="test">
      <EditorProvider value={{} as unknown as EditorScope}>
        <Awaited trouble={trouble} />
      </EditorProvider>
    </MantineProvider>,
  );
  const place = screen.getByRole("region", { name });
  expect(place.getAttribute("aria-busy")).toBe(busy);
  expect(screen.getByRole("status").textContent).toBe(trouble ? `inspector.${trouble}` : "");
});
