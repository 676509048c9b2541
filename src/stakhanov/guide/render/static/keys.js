// Keys of one letter, and the switch that turns all of them off. Pages lack nothing else without them.
(() => {
  "use strict";
  const KEPT = "stakhanov-keys"; // as where one learns: a reader who has no use for keys says so once
  const keys = {
    get on() { try { return localStorage.getItem(KEPT) !== "off"; } catch { return true; } },
    set on(value) { try { localStorage.setItem(KEPT, value ? "on" : "off"); } catch { /* private windows keep nothing */ } },
  };
  const typing = (target) => target.matches?.("input:not([type=checkbox], [type=radio]), textarea, select");
  const badges = () => [...document.querySelectorAll(".body .badge")];
  const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
  let place = -1; // of the claim that was gone to last

  const seen = (one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  };
  const here = () => {
    const all = badges();
    const focused = all.indexOf(document.activeElement);
    return focused >= 0 ? focused : place >= 0 ? place : all.findIndex(seen);
  };
  const show = (one) => one.scrollIntoView({ block: "center", behavior: calm() ? "instant" : "smooth" });

  function step(by) {
    const all = badges();
    if (all.length === 0) return false;
    const first = place < 0 && !all.includes(document.activeElement); // from where the reader looks
    const before = first && by > 0 ? here() - 1 : here();
    place = Math.min(Math.max(before + by, 0), all.length - 1);
    document.querySelector(":popover-open")?.hidePopover();
    all[place].focus({ preventScroll: true });
    show(all[place]);
    return true;
  }

  function evidence() {
    const badge = badges()[here()];
    badge?.click(); // a popover gives the focus back to what opened it
    return Boolean(badge);
  }

  function run() {
    const trial = [...document.querySelectorAll("[id^=experiment--].card")].find((one) => !one.contains(document.activeElement));
    if (!trial) return false;
    show(trial);
    trial.querySelector("input, summary, a")?.focus({ preventScroll: true });
    return true;
  }

  function search() {
    const field = document.getElementById("query");
    if (field) field.focus(); else document.querySelector("a.find").click();
    return true;
  }

  function help() {
    document.getElementById("keys").togglePopover();
    return true;
  }

  const doing = { "/": search, "?": help, j: () => step(1), k: () => step(-1), e: evidence, r: run };
  document.addEventListener("keydown", (event) => {
    if (!keys.on || event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
    if (Object.hasOwn(doing, event.key) && doing[event.key]()) event.preventDefault();
  });

  const opener = document.querySelector("[popovertarget=keys]");
  const box = document.getElementById("keys-on");
  opener.hidden = false;
  box.checked = keys.on;
  box.addEventListener("change", () => { keys.on = box.checked; });
})();
