import { hasOpenList } from "./targets";

/** Knows in which field somebody types to find an option, until one is chosen or looked for in another way. */
export function watchTyping() {
  let field: EventTarget | null = null;
  const typed = ({ target }: Event) => (field = target);
  const left = () => (field = null);
  const settled = ({ key }: KeyboardEvent) => {
    if (["Enter", "Escape", "Tab"].includes(key)) left();
  };
  window.addEventListener("input", typed, { capture: true });
  window.addEventListener("pointerdown", left, { capture: true });
  window.addEventListener("keydown", settled);
  return {
    /** Choose what was typed into the target, as far as an option of its open list is marked for that. */
    choose(target: EventTarget | null): void {
      if (field === target && hasOpenList(target) && target instanceof HTMLInputElement && target.value !== "") {
        marked(target)?.click();
      }
      left();
    },
    stop(): void {
      window.removeEventListener("input", typed, { capture: true });
      window.removeEventListener("pointerdown", left, { capture: true });
      window.removeEventListener("keydown", settled);
    },
  };
}

function marked(input: HTMLInputElement): HTMLElement | null {
  const list = document.getElementById(input.getAttribute("aria-controls") ?? "");
  return list?.querySelector<HTMLElement>("[data-combobox-selected]") ?? null;
}
