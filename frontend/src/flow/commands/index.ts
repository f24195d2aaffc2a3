export * from "./add";
export * from "./branches";
export * from "./change";
export * from "./connect";
export * from "./copy";
export * from "./edit";
export * from "./group";
export * from "./remove";
