/** Words with what was looked for marked in them; of long ones the part around it. */
export function SearchMark({ text, wanted }: { text: string; wanted: string }) {
  const looked = wanted.trim();
  const at = text.toLocaleLowerCase().indexOf(looked.toLocaleLowerCase());
  if (looked === "" || at < 0) return <span>{text}</span>;
  const from = at > BEFORE ? at - BEFORE : 0;
  return (
    <span>
      {from > 0 && "…"}
      {text.slice(from, at)}
      <mark>{text.slice(at, at + looked.length)}</mark>
      {text.slice(at + looked.length)}
    </span>
  );
}

/** So many letters before it are shown. */
const BEFORE = 30;
