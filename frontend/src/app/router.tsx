import type { ComponentType } from "react";
import { Navigate, createBrowserRouter } from "react-router";

import { queryClient } from "@/api/queryClient";
import { sessionQuery } from "@/api/session";
import { startTexts } from "@/i18n";

import { beginEditor, dataAsked, fetchEditor, isOtherAutomation } from "./beginEditor";
import { CrashScreen } from "./CrashScreen";
import { Home } from "./Home";
import { NotFound } from "./NotFound";

/** A page with its own bundle: nothing of it is fetched before its address is opened. */
function page(load: () => Promise<{ default: ComponentType }>) {
  return { lazy: async () => ({ Component: (await load()).default }) };
}

// Nothing is shown without them: they must not queue behind the code of the page, which the router asks for at once.
void startTexts();

export const router = createBrowserRouter([
  {
    ErrorBoundary: CrashScreen,
    HydrateFallback: () => null,
    children: [
      { path: "/sign-in", ...page(() => import("@/pages/sign-in/SignInPage")) },
      {
        lazy: async () => {
          void queryClient.prefetchQuery(sessionQuery);
          await dataAsked();
          return { Component: (await import("./SignedIn")).SignedIn };
        },
        children: [
          { index: true, Component: Home },
          { path: "work", ...page(() => import("@/pages/my-work/WorkPage")) },
          { path: "automations", ...page(() => import("@/pages/automations/AutomationsPage")) },
          { path: "automations/radar", ...page(() => import("@/pages/radar/RadarPage")) },
          { path: "contacts", ...page(() => import("@/pages/contacts/ContactsPage")) },
          { path: "contacts/import", ...page(() => import("@/pages/contact-import/ContactImportPage")) },
          { path: "contacts/:id", ...page(() => import("@/pages/contact/ContactPage")) },
          { path: "contacts/:id/merge", ...page(() => import("@/pages/contact-merge/ContactMergePage")) },
          { path: "templates", ...page(() => import("@/pages/mail/TemplatesPage")) },
          {
            path: "templates/:id",
            handle: { bare: true },
            ...page(() => import("@/pages/mail/editor/TemplateEditorPage")),
          },
          { path: "campaigns", ...page(() => import("@/pages/campaigns/CampaignsPage")) },
          { path: "campaigns/:id", ...page(() => import("@/pages/campaigns/CampaignPage")) },
          { path: "deals", ...page(() => import("@/pages/deals/DealsPage")) },
          { path: "notifications", ...page(() => import("@/pages/notifications/NotificationsPage")) },
          {
            path: "settings",
            ...page(() => import("@/pages/settings/SettingsPage")),
            children: [
              { index: true, element: <Navigate to="/settings/profile" replace /> },
              { path: "profile", ...page(() => import("@/pages/settings/profile/ProfilePage")) },
              { path: "workspace", ...page(() => import("@/pages/settings/workspace/WorkspacePage")) },
              { path: "attributes", ...page(() => import("@/pages/settings/attributes/AttributesPage")) },
              { path: "lists", ...page(() => import("@/pages/settings/lists/ListsPage")) },
              { path: "topics", ...page(() => import("@/pages/settings/topics/TopicsPage")) },
              { path: "pipelines", ...page(() => import("@/pages/settings/pipelines/PipelinesPage")) },
              { path: "users", ...page(() => import("@/pages/settings/users/UsersPage")) },
              { path: "api-keys", ...page(() => import("@/pages/settings/api-keys/ApiKeysPage")) },
              { path: "websites", ...page(() => import("@/pages/settings/websites/WebsitesPage")) },
              { path: "forms", ...page(() => import("@/pages/settings/forms/FormsPage")) },
              { path: "sources", ...page(() => import("@/pages/settings/sources/SourcesPage")) },
              { path: "webhooks", ...page(() => import("@/pages/settings/webhooks/WebhooksPage")) },
              { path: "mail", ...page(() => import("@/pages/settings/mail/MailPage")) },
              { path: "sms", ...page(() => import("@/pages/settings/sms/SmsPage")) },
              { path: "sent-mail", ...page(() => import("@/pages/settings/mail/SentMailPage")) },
              { path: "operations", ...page(() => import("@/pages/settings/operations/OperationsPage")) },
              { path: "dead-letters", ...page(() => import("@/pages/settings/dead-letters/DeadLettersPage")) },
              { path: "audit", ...page(() => import("@/pages/settings/audit/AuditPage")) },
            ],
          },
          { path: "*", Component: NotFound },
          {
            path: "automations/:id",
            handle: { bare: true },
            loader: beginEditor,
            shouldRevalidate: isOtherAutomation,
            ...page(async () => {
              await dataAsked();
              return fetchEditor();
            }),
          },
        ],
      },
    ],
  },
]);
