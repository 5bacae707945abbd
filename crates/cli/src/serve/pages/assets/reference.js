// Starts Swagger UI on the contract, for this server.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => root.classList.toggle("dark-mode", dark.matches);
  follow();
  dark.addEventListener("change", follow);

  const place = document.getElementById("reference");
  const ui = SwaggerUIBundle({
    url: place.dataset.document,
    domNode: place,
    validatorUrl: null,
    deepLinking: false,
    docExpansion: "full",
    tryItOutEnabled: true,
    displayRequestDuration: true,
    defaultModelsExpandDepth: 1,
    defaultModelExpandDepth: 1,
    onComplete: () => {
      if (place.dataset.key) ui.preauthorizeApiKey("bearerAuth", place.dataset.key);
    },
  });
})();
