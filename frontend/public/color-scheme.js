// Runs before the first paint, so that a dark screen never flashes white. A file, because the page allows no inline script.
(() => {
  const kept = window.localStorage.getItem("cadenza-color-scheme");
  const dark = kept === "dark" || (kept !== "light" && window.matchMedia("(prefers-color-scheme: dark)").matches);
  document.documentElement.setAttribute("data-mantine-color-scheme", dark ? "dark" : "light");
})();
