import { expect, test } from "vitest";

import { momentOf, wallTime } from "./wallTime";

test("what clocks show and the moment they show it lead to each other, in winter and in summer", () => {
  expect(momentOf("2027-01-15T09:00", "Europe/Paris")).toBe("2027-01-15T08:00:00.000Z");
  expect(momentOf("2027-07-15T09:00", "Europe/Paris")).toBe("2027-07-15T07:00:00.000Z");
  expect(wallTime("2027-07-15T07:00:00.000Z", "Europe/Paris")).toBe("2027-07-15T09:00");
  expect(wallTime("2027-07-15T07:00:00.000Z", "Asia/Tokyo")).toBe("2027-07-15T16:00");
});

test("no time is no moment", () => {
  expect(momentOf("", "Europe/Paris")).toBeNull();
  for (const typed of ["0202-01-15T09:00", "12027-01-15T09:00", "2027-02-31T09:00", "soon"]) {
    expect(momentOf(typed, "Europe/Paris")).toBeNull();
  }
  expect(wallTime(null, "Europe/Paris")).toBe("");
});
