import { MantineProvider } from "@mantine/core";
import { fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";

import { MomentField } from "./MomentField";

const began = "2027-01-15T08:00:00.000Z";
let kept = began;

function Field() {
  const [at, setAt] = useState(began);
  const change = (moment: string) => {
    kept = moment;
    setAt(moment);
  };
  return (
    <MantineProvider env="test">
      <MomentField label="Time" zone="Europe/Paris" value={at} onChange={change} />
    </MantineProvider>
  );
}

test("a year half typed changes nothing, and what is typed stands until the field is left", () => {
  render(<Field />);
  const field = screen.getByLabelText<HTMLInputElement>("Time");
  for (const typed of ["0002-01-15T09:00", "0202-01-15T09:00"]) {
    fireEvent.change(field, { target: { value: typed } });
    expect([field.value, kept]).toEqual([typed, began]);
  }
  fireEvent.change(field, { target: { value: "2028-07-15T09:00" } });
  expect(kept).toBe("2028-07-15T07:00:00.000Z");
  fireEvent.change(field, { target: { value: "" } });
  fireEvent.blur(field);
  expect(field.value).toBe("2028-07-15T09:00");
});
