declare module "grapesjs/locale/*.mjs" {
  const messages: Record<string, unknown>;
  export default messages;
}
