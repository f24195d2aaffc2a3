import { Suspense } from "react";
import { Navigate, Outlet, useLocation } from "react-router";

import { useSession } from "@/api/session";

/** The guard around everything but the sign-in page. */
export function SignedIn() {
  const { data, isPending } = useSession();
  const location = useLocation();
  if (isPending) return null;
  if (!data?.user) return <Navigate to="/sign-in" replace state={{ from: location.pathname + location.search }} />;
  return (
    <Suspense>
      <Outlet />
    </Suspense>
  );
}
