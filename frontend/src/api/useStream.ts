import { useEffect, useRef } from "react";

import { type StreamEvents, stream } from "./stream";

/** Calls `listener` on each live event of this kind while the component is shown. */
export function useStream<K extends keyof StreamEvents>(kind: K, listener: (data: StreamEvents[K]) => void): void {
  const latest = useRef(listener);
  useEffect(() => {
    latest.current = listener;
  });
  useEffect(() => stream.on(kind, (data) => latest.current(data)), [kind]);
}
