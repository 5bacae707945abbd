// Starts Swagger UI on the OpenAPI document, for this server.
(() => {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => root.classList.toggle("dark-mode", dark.matches);
  follow();
  dark.addEventListener("change", follow);

  const place = document.getElementById("reference");
  // What Swagger UI leaves without a name, or out of reach of the keyboard.
  const mend = () => {
    for (const select of place.querySelectorAll("select:not([aria-label])")) {
      const row = select.closest("[data-param-name]");
      select.setAttribute("aria-label", row?.dataset.paramName ?? select.closest("label")?.innerText ?? "Choose one");
    }
    for (const box of place.querySelectorAll(".highlight-code > *:not([tabindex]), .microlight:not([tabindex])")) {
      box.tabIndex = 0;
    }
  };
  new MutationObserver(mend).observe(place, { childList: true, subtree: true });

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
