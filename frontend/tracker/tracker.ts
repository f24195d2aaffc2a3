import { ask, isTime, leave as leavePush, type Places, refresh } from "./asking";
import { describeForm } from "./forms";
import { type Beacon, type Browser, type Properties, Queue } from "./queue";
import { bare, isTracked, keepConsent, linkOf, pageOf, visitorOf } from "./visitor";

const script = document.currentScript as HTMLScriptElement;
const { site = "", consent, doNotTrack, push, pushWorker = "/cadenza-sw.js" } = script.dataset;
const places: Places = { base: script.src, worker: pushWorker };
const queue = new Queue(new URL("e", script.src).href);

let allowed = isTracked(consent === "needed", doNotTrack !== "ignored");
let link = linkOf(location.href);
let page = "";
let since = 0;
let visible = 0;

function send(part: Pick<Beacon, "identify" | "push"> = {}) {
  if (!allowed) return;
  queue.flush({ site, visitor: visitorOf(), link, ...part });
  link = {};
}

function track(name: string, properties: Properties = {}) {
  if (!allowed) return;
  queue.add(name, properties);
  send();
}

/** Who is here: an email or an id of the site's own. */
function identify(who: { email?: string; ext_id?: string; attributes?: Properties }) {
  send({ identify: who });
}

/** Ask whether this browser takes web push; resolves to what the visitor said. */
async function askForPush(): Promise<string> {
  return allowed ? await ask(places, tellBrowser) : "no consent";
}

/** What fails here is no fault of the page. */
function complain(error: unknown) {
  // oxlint-disable-next-line no-console -- whoever builds the page looks for it there
  console.warn("Cadenza:", error);
}

function tellBrowser(browser: Browser) {
  send({ push: browser });
}

function look() {
  if (visible) since += Date.now() - visible;
  visible = document.visibilityState === "visible" ? Date.now() : 0;
}

/** Say how long the last page was looked at, in seconds. */
function leave() {
  look();
  if (page && since > 1000) queue.add("page_left", { page: bare(page), seconds: Math.round(since / 1000) });
  since = 0;
}

function view() {
  if (location.href === page) return;
  leave();
  page = location.href;
  queue.add("page_visited", pageOf());
  send();
  if (push && allowed && isTime(Number(push))) askForPush().catch(complain);
}

/** Pages that change without loading say so through the history. */
function watchHistory() {
  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name].bind(history);
    history[name] = (...given: Parameters<History["pushState"]>) => {
      original(...given);
      setTimeout(view);
    };
  }
  addEventListener("popstate", () => setTimeout(view));
}

addEventListener("submit", (event) => {
  if (!allowed || !(event.target instanceof HTMLFormElement)) return;
  const { properties, who } = describeForm(event.target);
  queue.add("form_submitted", { ...properties, page: bare(location.href) });
  send(who ? { identify: who } : {});
  queue.hurry();
}, true);

addEventListener("visibilitychange", () => {
  look();
  if (document.visibilityState === "hidden") sendLast();
});
addEventListener("pagehide", sendLast);

function sendLast() {
  leave();
  send();
  queue.hurry();
}

/** The visitor agreed, or took it back: kept for the next pages. */
function setConsent(given: boolean) {
  keepConsent(given);
  if (!given) {
    queue.clear();
    leavePush(places).catch(complain);
  }
  allowed = isTracked(consent === "needed", doNotTrack !== "ignored");
  page = "";
  if (allowed) view();
}

Object.assign(window, { cadenza: { track, identify, consent: setConsent, push: { ask: askForPush } } });
look();
watchHistory();
view();
if (allowed) refresh(places, tellBrowser).catch(complain);
