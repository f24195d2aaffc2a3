import { expect, test } from "vitest";

import { momentIn } from "./useWorkspaceMoment";

test("a moment is told on the clock of the zone, which is named", () => {
  expect(momentIn("2027-01-15T08:00:00Z", "Asia/Tokyo", "en")).toMatch(/^Jan 15, 2027, 5:00\sPM \(Asia\/Tokyo\)$/u);
});
