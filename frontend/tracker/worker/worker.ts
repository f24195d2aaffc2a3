/** What a site's service worker runs: shows notifications, and tells what was done with them. */

interface Shown {
  title: string;
  body: string;
  icon: string | null;
  link: string;
  tag: string;
  told: string;
}

declare const self: ServiceWorkerGlobalScope;

self.addEventListener("push", (event) => {
  const shown = event.data?.json() as Shown | undefined;
  if (!shown?.told) return;
  const { title, body, icon, tag, link, told } = shown;
  const options = { body, tag, data: { link, told }, ...(icon && { icon }) };
  event.waitUntil(Promise.all([self.registration.showNotification(title, options), tell(told, "shown")]));
});

self.addEventListener("notificationclick", (event) => {
  const { link, told } = event.notification.data as Partial<Shown>;
  if (!told || !link) return;
  event.notification.close();
  event.waitUntil(Promise.all([tell(told, "clicked"), self.clients.openWindow(link)]));
});

self.addEventListener("notificationclose", (event) => {
  const { told } = event.notification.data as Partial<Shown>;
  if (told) event.waitUntil(tell(told, "dismissed"));
});

/** As text, so that the browser asks nobody first. Nobody could mend here what does not arrive. */
async function tell(address: string, what: "shown" | "clicked" | "dismissed"): Promise<void> {
  try {
    await fetch(address, { method: "POST", body: what, mode: "no-cors", keepalive: true });
  } catch {
    // offline
  }
}
