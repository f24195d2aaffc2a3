SwaggerUIBundle({
  url: "/api/openapi.json",
  dom_id: "#api",
  deepLinking: true,
  // The API is tried as the person who is signed in: send the token that unsafe methods need.
  requestInterceptor: async (request) => {
    if (request.method && !["GET", "HEAD"].includes(request.method.toUpperCase())) {
      const session = await (await fetch("/api/session")).json();
      request.headers["X-CSRF-Token"] = session.csrf_token;
    }
    return request;
  },
});
