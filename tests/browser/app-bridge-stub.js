/*
 * Stands in for Shopify's app-bridge.js, which only works inside the real admin: session tokens on
 * every request to the app, the save bar made visible, toasts as text. It touches no node of the
 * document before React wakes it. `__signSessionToken` is provided by the test.
 */
const sheet = new CSSStyleSheet();
sheet.replaceSync(`
  ui-nav-menu { display: none }
  ui-save-bar { display: none }
  ui-save-bar[data-open] { display: flex; gap: 8px; position: fixed; inset: 0 0 auto 0; padding: 8px; background: #1a1a1a; z-index: 999 }
`);
document.adoptedStyleSheets = [sheet];

const toasts = [];
window.shopify = {
  environment: { embedded: true },
  idToken: () => window.__signSessionToken(),
  toast: { show: (message) => toasts.push(message), shown: toasts },
  saveBar: {
    show: async (id) => document.getElementById(id).setAttribute("data-open", ""),
    hide: async (id) => document.getElementById(id)?.removeAttribute("data-open"),
    leaveConfirmation: async () => {},
  },
};

const plainFetch = window.fetch;
window.fetch = async (input, init) => {
  const request = new Request(input, init);
  if (new URL(request.url).origin !== location.origin) return plainFetch(request);
  request.headers.set("Authorization", `Bearer ${await window.__signSessionToken()}`);
  return plainFetch(request);
};
