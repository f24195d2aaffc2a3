import type { ComponentType } from "react";
import { Navigate, createBrowserRouter } from "react-router";

import { CrashScreen } from "./CrashScreen";
import { SignedIn } from "./SignedIn";

/** A page with its own bundle: nothing of it is fetched before its address is opened. */
function page(load: () => Promise<{ default: ComponentType }>) {
  return { lazy: async () => ({ Component: (await load()).default }) };
}

export const router = createBrowserRouter([
  {
    ErrorBoundary: CrashScreen,
    children: [
      { path: "/sign-in", ...page(() => import("@/pages/sign-in/SignInPage")) },
      {
        Component: SignedIn,
        children: [
          { index: true, element: <Navigate to="/automations" replace /> },
          { path: "automations", ...page(() => import("@/pages/automations/AutomationsPage")) },
          { path: "contacts", ...page(() => import("@/pages/contacts/ContactsPage")) },
          { path: "contacts/import", ...page(() => import("@/pages/contact-import/ContactImportPage")) },
          { path: "contacts/:id", ...page(() => import("@/pages/contact/ContactPage")) },
          { path: "automations/:id", handle: { bare: true }, ...page(() => import("@/canvas/EditorPage")) },
        ],
      },
    ],
  },
]);
