const containers = "mjml|mj-head|mj-attributes|mj-body|mj-wrapper|mj-section|mj-group|mj-column|mj-hero";
const attributes = String.raw`(?:"[^"]*"|'[^']*'|[^'">])*?`;
const withoutEnd = new RegExp(String.raw`<(mj-[a-z-]+)(${attributes})\s*/>`, "gu");
const onOwnLine = new RegExp(String.raw`\s*(?:<(/?)((?:${containers})\b)${attributes}>|<mj-[a-z-]+)`, "gu");

/** HTML parsers know no `<mj-image />`: each element gets the end tag that MJML lets one leave out. */
export function withEndTags(source: string): string {
  return source.replaceAll(withoutEnd, "<$1$2></$1>");
}

/** MJML as people read it: each element on a line of its own, as far in as it is deep. What it says stays the same. */
export function indented(source: string): string {
  let depth = 0;
  const lines = source.replaceAll(onOwnLine, (found, end: string | undefined, container: string | undefined) => {
    if (end) depth -= 1;
    const line = `\n${"  ".repeat(depth)}${found.trim()}`;
    if (container && !end) depth += 1;
    return line;
  });
  return `${lines.trim()}\n`;
}
