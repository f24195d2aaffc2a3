import { useEffect } from "react";
import { Navigate, useLocation } from "react-router";

import { setOnSignedOut } from "@/api/client";
import { queryClient } from "@/api/queryClient";
import { sessionKey, useSession } from "@/api/session";
import { ErrorState } from "@/ui/feedback/ErrorState";

import { Shell } from "./shell/Shell";
import { useFetchAhead } from "./useFetchAhead";
import { useLiveUpdates } from "./useLiveUpdates";
import { useAccountPreferences } from "@/ui/usePreferences";

function SignedInShell() {
  useLiveUpdates();
  useAccountPreferences();
  useFetchAhead();
  return <Shell />;
}

/** The guard around everything but the sign-in page: without a session it leads there and back. */
export function SignedIn() {
  const { data, error, refetch } = useSession();
  const location = useLocation();
  useEffect(() => setOnSignedOut(() => void queryClient.refetchQueries({ queryKey: sessionKey })), []);
  if (data?.user) return <SignedInShell />;
  if (data) return <Navigate to="/sign-in" replace state={{ from: location.pathname + location.search }} />;
  return error && <ErrorState error={error} onRetry={() => void refetch()} />;
}
