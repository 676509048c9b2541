// Light or dark as a reader chose, kept in the browser for every page of a site; as the system asks until then.
// Stands in the head of a page, so that nothing is drawn in the other theme first.
(() => {
  "use strict";
  const root = document.documentElement;
  const kept = { get: () => { try { return localStorage.getItem("theme"); } catch { return null; } },
    set: (value) => { try { localStorage.setItem("theme", value); } catch { /* private windows keep nothing */ } } };
  const system = matchMedia("(prefers-color-scheme: dark)");
  const dark = () => root.dataset.theme ? root.dataset.theme === "dark" : system.matches;
  const take = () => {
    const chosen = kept.get();
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  };
  take();
  document.addEventListener("DOMContentLoaded", () => {
    const button = document.getElementById("theme");
    let shown;
    const show = () => {
      if (dark() === shown) return;
      shown = dark();
      if (button) button.textContent = shown ? "Light" : "Dark";
      document.dispatchEvent(new CustomEvent("theme")); // for drawings that the browser made
    };
    show();
    system.addEventListener("change", show);
    for (const event of ["storage", "pageshow"]) window.addEventListener(event, () => { take(); show(); });
    if (!button) return;
    button.hidden = false;
    button.addEventListener("click", () => {
      root.dataset.theme = shown ? "light" : "dark";
      kept.set(root.dataset.theme);
      show();
    });
  });
})();
