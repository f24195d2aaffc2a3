import { useLocalStorage } from "@mantine/hooks";

/** Whether the outline is shown, remembered in this browser, and how to change that. */
export function useOutline(): readonly [shown: boolean, toggle: () => void] {
  const [shown, setShown] = useLocalStorage({
    key: "cadenza-outline",
    defaultValue: false,
    getInitialValueInEffect: false,
  });
  return [shown, () => setShown(!shown)];
}
