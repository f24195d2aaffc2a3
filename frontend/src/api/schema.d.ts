/** Stands in until the backend's OpenAPI file is exported; then `npm run api` writes this file. */
interface Loose {
  parameters: { query?: Record<string, unknown>; path?: Record<string, string | number> };
  requestBody?: { content: { "application/json": unknown } };
  responses: { 200: { content: { "application/json": never } } };
}
export interface paths {
  [path: string]: { get: Loose; post: Loose; put: Loose; patch: Loose; delete: Loose };
}
