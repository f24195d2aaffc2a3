/** For menus that may be longer than the room below them: they move up until all is seen, and their first item is focused. */
export const longMenu = {
  withInitialFocusPlaceholder: false,
  middlewares: { flip: false, shift: { crossAxis: true, padding: 8 } },
} as const;
