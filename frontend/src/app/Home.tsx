import { Navigate } from "react-router";

import { useHome } from "./shell/navigation";

/** Leads from the bare address to where this user begins. */
export function Home() {
  return <Navigate to={useHome()} replace />;
}
