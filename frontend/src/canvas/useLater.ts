import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";

/** What `load` fetches once the screen has been painted; null until then. A part that cannot be had fails the screen. */
export function useLater<Loaded extends object>(name: string, load: () => Promise<Loaded>): Loaded | null {
  const [painted, setPainted] = useState(false);
  useEffect(() => {
    let timer = 0;
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        timer = window.setTimeout(() => setPainted(true)); // not in the frame that is about to be painted
      });
    });
    return () => {
      cancelAnimationFrame(frame);
      window.clearTimeout(timer);
    };
  }, []);
  const { data } = useQuery({
    queryKey: ["code", name],
    queryFn: load,
    enabled: painted,
    staleTime: Infinity,
    gcTime: Infinity,
    retry: 3,
    networkMode: "always", // the browser may have it, also without a network
    structuralSharing: false, // a module is no data
    throwOnError: true,
  });
  return data ?? null;
}
