import { MantineProvider, Select } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { theme } from "@/ui/theme/theme";

test("Enter after typing takes the best match: one that begins with it before one that only holds it", async () => {
  const chosen = vi.fn();
  render(
    <MantineProvider env="test" theme={theme}>
      <Select label="Zone" searchable data={["America/Paris", "Paris", "Rome"]} onChange={chosen} />
    </MantineProvider>,
  );
  await userEvent.type(screen.getByLabelText("Zone", { selector: "input" }), "par{Enter}");
  expect(chosen.mock.lastCall?.[0]).toBe("Paris");
});
