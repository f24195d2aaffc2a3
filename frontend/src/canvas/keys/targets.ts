/** What a key was meant for. */

/** Whether the target is a field, or stands in a dialog, menu, list of tabs or the settings: its keys are its own. */
export function isElsewhere(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  const typing = target.isContentEditable || ["INPUT", "TEXTAREA", "SELECT"].includes(target.tagName);
  return typing || target.closest("[role=dialog], [role=menu], [role=listbox], [role=tablist], [data-settings]") !== null;
}

/** The dialog or panel that lies over everything and holds the keyboard; settings opened as a sheet do not. */
export function modal(): Element | null {
  return document.querySelector("[role=dialog][aria-modal=true]:not([data-beside])");
}

/** Whether the target stands in the open settings. */
export function isOfSettings(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("[data-settings]") !== null;
}

/** Whether Esc is meant for the settings as a whole, and not for a list that is open in them. */
export function isInSettings(target: EventTarget | null, wasExpanded: boolean): boolean {
  return !wasExpanded && isOfSettings(target);
}

/** The id of the step whose card has the focus. */
export function stepOf(target: EventTarget | null): string | null {
  return target instanceof HTMLElement ? (target.dataset["node"] ?? null) : null;
}

/** The id of the open group whose row has the focus: it stands for no step. */
export function openGroupOf(target: EventTarget | null): string | null {
  return target instanceof HTMLElement && stepOf(target) === null ? (target.dataset["group"] ?? null) : null;
}

/** Whether a list hangs open from the target, which Esc closes; steps and groups only tell whether they are open. */
export function hasOpenList(target: EventTarget | null): boolean {
  const told = stepOf(target) ?? openGroupOf(target);
  return target instanceof HTMLElement && target.getAttribute("aria-expanded") === "true" && told === null;
}

/** The letter on the key as a Latin keyboard has it, so that Ctrl+Z works on a Russian one. */
export function latin(event: KeyboardEvent): string {
  if (event.key.length !== 1) return event.key;
  return event.code.startsWith("Key") ? event.code.slice(3).toLowerCase() : event.key.toLowerCase();
}
