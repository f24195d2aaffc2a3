import { expect, test } from "vitest";

import { hostOf } from "./hosts";

test.each([
  ["https://shop.example.com/", "shop.example.com"],
  ["http://Shop.Example.com/boots?size=40#red", "shop.example.com"],
  ["www.example.com/de/", "www.example.com"],
  [" example.com. ", "example.com"],
  ["localhost:8443", "localhost:8443"],
  ["https://example.com:8443/", "example.com:8443"],
])("of %o it takes the host", (written, host) => {
  expect(hostOf(written)).toBe(host);
});

test.each(["ann@example.com", "not a host", "https://", "exa<mple.com"])("%o is no address and stays as it is", (written) => {
  expect(hostOf(written)).toBe(written);
});
