// The key / leads to the search of the guides, on every page, unless somebody types or has switched keys off.
"use strict";

function keysOff() {
  try { return localStorage.getItem("stakhanov-keys") === "off"; } catch { return false; }
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || keysOff()) return;
  if (event.target.matches("input:not([type=checkbox], [type=radio], [type=range]), textarea, select")) return;
  event.preventDefault();
  document.querySelector("a.find")?.click();
});
