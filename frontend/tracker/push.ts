import type { Browser } from "./queue";

/** Let this browser take web push, shown by the service worker at that path of the site. */
export async function subscribe(base: string, worker: string): Promise<Browser> {
  const answer = await fetch(new URL("key", base), { credentials: "omit" });
  if (!answer.ok) throw new Error(`No key for web push: ${String(answer.status)}`);
  const { key } = (await answer.json()) as { key: string };
  const { pushManager } = await running(await navigator.serviceWorker.register(worker));
  const known = await pushManager.getSubscription();
  // One that was made for another key, as after a move to another instance, is of no use to anybody here.
  const isOurs = known && encoded(known.options.applicationServerKey) === key;
  if (known && !isOurs) await known.unsubscribe();
  const options = { userVisibleOnly: true, applicationServerKey: key };
  const { endpoint, keys } = ((isOurs && known) || (await pushManager.subscribe(options))).toJSON();
  return { endpoint: endpoint ?? "", keys: { p256dh: keys?.["p256dh"] ?? "", auth: keys?.["auth"] ?? "" } };
}

/** Wait for this very worker: the `ready` one is that of the page's own folder, which may have another, or none. */
async function running(registered: ServiceWorkerRegistration): Promise<ServiceWorkerRegistration> {
  const coming = registered.installing ?? registered.waiting;
  if (registered.active ?? !coming) return registered;
  return await new Promise((resolve, reject) => {
    coming.addEventListener("statechange", () => {
      if (coming.state === "activated") resolve(registered);
      if (coming.state === "redundant") reject(new Error("The service worker did not start"));
    });
  });
}

export async function unsubscribe(worker: string): Promise<void> {
  const registered = await navigator.serviceWorker.getRegistration(worker);
  await (await registered?.pushManager.getSubscription())?.unsubscribe();
}

function encoded(key: ArrayBuffer | null): string {
  return btoa(String.fromCodePoint(...new Uint8Array(key ?? new ArrayBuffer())))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}
