import { expect, test } from "vitest";

import { indented, withEndTags } from "./mjml";

test("elements that end where they begin get an end tag, whatever their attributes hold", () => {
  const source = '<mj-image src="a/b" alt="1 > 0" /><mj-divider/><mj-text>a<br/></mj-text>';
  expect(withEndTags(source)).toBe(
    '<mj-image src="a/b" alt="1 > 0"></mj-image><mj-divider></mj-divider><mj-text>a<br/></mj-text>',
  );
});

const short = '<mjml><mj-body><mj-section a="x>y"><mj-column><mj-text>Hi <b>you</b></mj-text></mj-column></mj-section></mj-body></mjml>';
const long = `<mjml>
  <mj-body>
    <mj-section a="x>y">
      <mj-column>
        <mj-text>Hi <b>you</b></mj-text>
      </mj-column>
    </mj-section>
  </mj-body>
</mjml>
`;

test.each([short, long])("each element stands on a line of its own, as far in as it is deep", (source) => {
  expect(indented(source)).toBe(long);
});
