import { render } from "@testing-library/react";
import { expect, test } from "vitest";

import { Address } from "./Address";

test("an address can be broken before its @ and behind its dots only, and is copied whole", () => {
  const { container } = render(<Address address="maria.curie@mail.example.com" />);
  expect(container.firstElementChild?.innerHTML).toBe("maria.<wbr>curie<wbr>@mail.<wbr>example.<wbr>com");
  expect(container.textContent).toBe("maria.curie@mail.example.com");
});
