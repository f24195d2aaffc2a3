import { useFormat } from "@/ui/format";

/** "3 hours ago", with the exact time on hover. */
export function RelativeTime({ at }: { at: string }) {
  const format = useFormat();
  return (
    <time dateTime={at} title={format.dateTime(at)}>
      {format.relative(at)}
    </time>
  );
}
