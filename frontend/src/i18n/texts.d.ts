import "i18next";

import type automations from "./en/automations.json";
import type campaigns from "./en/campaigns.json";
import type common from "./en/common.json";
import type consent from "./en/consent.json";
import type contact from "./en/contact.json";
import type contacts from "./en/contacts.json";
import type deals from "./en/deals.json";
import type doors from "./en/doors.json";
import type editor from "./en/editor.json";
import type entries from "./en/entries.json";
import type forms from "./en/forms.json";
import type hooks from "./en/hooks.json";
import type imports from "./en/imports.json";
import type mail from "./en/mail.json";
import type merge from "./en/merge.json";
import type notifications from "./en/notifications.json";
import type operations from "./en/operations.json";
import type rehearsals from "./en/rehearsals.json";
import type radar from "./en/radar.json";
import type reading from "./en/reading.json";
import type settings from "./en/settings.json";
import type signIn from "./en/sign-in.json";
import type standstill from "./en/standstill.json";
import type versions from "./en/versions.json";
import type together from "./en/together.json";
import type work from "./en/work.json";

/** Lets the compiler check every text key against the English texts. */
declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "common";
    resources: {
      automations: typeof automations;
      campaigns: typeof campaigns;
      common: typeof common;
      consent: typeof consent;
      contact: typeof contact;
      contacts: typeof contacts;
      deals: typeof deals;
      doors: typeof doors;
      editor: typeof editor;
      entries: typeof entries;
      forms: typeof forms;
      hooks: typeof hooks;
      imports: typeof imports;
      mail: typeof mail;
      merge: typeof merge;
      notifications: typeof notifications;
      operations: typeof operations;
      rehearsals: typeof rehearsals;
      radar: typeof radar;
      reading: typeof reading;
      settings: typeof settings;
      "sign-in": typeof signIn;
      standstill: typeof standstill;
      versions: typeof versions;
      together: typeof together;
      work: typeof work;
    };
  }
}
