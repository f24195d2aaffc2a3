import createClient, { type Middleware } from "openapi-fetch";

import { Problem, toProblem } from "./problem";
import type { paths } from "./schema";

const unsafe = new Set(["POST", "PUT", "PATCH", "DELETE"]);
let csrfToken = "";
let onSignedOut: () => void = () => undefined;

/** The token that every unsafe request carries; it comes with the session. */
export function setCsrfToken(token: string): void {
  csrfToken = token;
}

/** What to do when the server says that nobody is signed in (any more). */
export function setOnSignedOut(callback: () => void): void {
  onSignedOut = callback;
}

const session: Middleware = {
  onRequest({ request }) {
    if (unsafe.has(request.method)) request.headers.set("X-CSRF-Token", csrfToken);
    return request;
  },
  onResponse({ request, response }) {
    if (response.status === 401 && !request.url.endsWith("/api/session")) onSignedOut();
    return response;
  },
};

/** The typed client of our own API. Wrap each call in `unwrap`. */
export const api = createClient<paths>({
  baseUrl: window.location.origin,
  credentials: "same-origin",
  querySerializer: { array: { style: "form", explode: true } },
});
api.use(session);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a successful answer; throws `Problem` for a refusal, or with status 0 if the server was not reached. */
export async function unwrap<T>(call: Promise<Answer<T>>): Promise<T> {
  const { data, error, response } = await call.catch((reason: unknown) => {
    throw new Problem(0, { detail: reason instanceof Error ? reason.message : String(reason) });
  });
  if (!response.ok) throw toProblem(response.status, error);
  return data as T;
}

/** The same for what OpenAPI cannot say exactly (stored documents, JSON schemas): the caller names the shape. */
export function unwrapAs<T>(call: Promise<Answer<unknown>>): Promise<T> {
  return unwrap(call) as Promise<T>;
}
