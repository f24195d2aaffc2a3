import type { Plugin } from "vite";

const stylesheets = /[ \t]*<link rel="stylesheet"[^>]*>\n/gu;

/** Moves the style sheets behind the body: a browser draws nothing below one that it waits for, but what stands above. */
export function stylesLast(): Plugin {
  return {
    name: "styles-last",
    transformIndexHtml: {
      order: "post",
      handler: (html) => html.replace(stylesheets, "").replace("  </body>", `${html.match(stylesheets)?.join("") ?? ""}  </body>`),
    },
  };
}
