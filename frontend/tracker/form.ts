/** Shows a hosted form in a frame of any page; inside that frame, says how high it is and where to go afterwards. */

interface Word {
  cadenza: "form";
  height: number;
  leaveFor: string;
}

const script = document.currentScript as HTMLScriptElement;
const visitorKey = "cdz_visitor";
const consentKey = "cdz_consent";

/** Whom the script of a watched site knows this browser as, unless its owner does not want that. */
function visitorHere(): Record<string, string> {
  const site = document.querySelector<HTMLScriptElement>("script[data-site]")?.dataset["site"];
  try {
    const visitor = localStorage.getItem(visitorKey);
    if (site && visitor && localStorage.getItem(consentKey) !== "no") return { site, visitor };
  } catch {
    // Where storage is forbidden, nobody is known.
  }
  return {};
}

function show(form: string) {
  const address = new URL(`/f/${encodeURIComponent(form)}`, script.src);
  const page = location.origin + location.pathname;
  address.search = new URLSearchParams({ framed: "1", page, ...visitorHere() }).toString();
  const frame = document.createElement("iframe");
  // The form believes whose browser this is only where it is told which site shows it.
  frame.referrerPolicy = "origin";
  frame.src = address.href;
  frame.title = script.dataset["title"] ?? "Form";
  frame.width = "100%";
  frame.height = "420";
  frame.style.border = "0";
  if (document.head.contains(script)) document.body.append(frame);
  else script.after(frame);
  addEventListener("message", ({ source, origin, data }: MessageEvent<Partial<Word> | null>) => {
    if (source !== frame.contentWindow || origin !== address.origin || data?.cadenza !== "form") return;
    if (data.height) frame.height = String(Math.ceil(data.height));
    if (data.leaveFor && /^https?:/u.test(data.leaveFor)) location.href = data.leaveFor;
  });
}

function tell() {
  const root = document.documentElement;
  const word: Word = { cadenza: "form", height: root.offsetHeight, leaveFor: root.dataset["leaveFor"] ?? "" };
  parent.postMessage(word, "*");
}

const { form } = script.dataset;
if (form) show(form);
else if (parent !== window) new ResizeObserver(tell).observe(document.documentElement);
