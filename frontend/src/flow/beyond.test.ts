import { expect, test } from "vitest";

import { beyond } from "./beyond";

test.each([
  ["Email opened", "Email opened", ""],
  ["Email opened (kind of message is campaign)", "Email opened", "Kind of message is campaign"],
  ["Email opened (link is a), if SCORE is 2", "Email opened", "(link is a), if SCORE is 2"],
  ["Contact created, if email is not empty", "Contact created", "If email is not empty"],
  ["Wait 2 days", "Wait", "2 days"],
  ["Goal : « order »", "Goal", "« order »"],
  ["Waiting room", "Wait", "Waiting room"],
  ["Add 5 to SCORE", "Update attribute", "Add 5 to SCORE"],
  ["", "Wait", ""],
])("of the sentence “%s”, under the name “%s”, remains “%s”", (sentence, label, rest) => {
  expect(beyond(sentence, label)).toBe(rest);
});
