import { useInViewport } from "@mantine/hooks";
import { useEffect, useRef } from "react";

/** An unseen mark after the last row; tells when it comes into view. */
export function EndMark({ onSeen }: { onSeen: () => void }) {
  const { ref, inViewport } = useInViewport<HTMLDivElement>();
  const latest = useRef(onSeen);
  useEffect(() => {
    latest.current = onSeen;
  });
  useEffect(() => {
    if (inViewport) latest.current();
  }, [inViewport]);
  return <div ref={ref} style={{ height: 1 }} />;
}
