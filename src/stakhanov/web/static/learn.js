// Keys of a learn session, and what is said when the site does not answer. The forms do the rest.
"use strict";

const KEPT = "stakhanov-keys";
const keys = {
  get on() { try { return localStorage.getItem(KEPT) !== "off"; } catch { return true; } },
  set on(value) { try { localStorage.setItem(KEPT, value ? "on" : "off"); } catch { /* private windows keep nothing */ } },
};
const lesson = () => document.getElementById("lesson");
const typing = (target) => target.matches("input:not([type=checkbox], [type=hidden]), textarea, select");

// The grade that the ticked points come to: from half of the weight on, "got it".
function suggest() {
  const points = [...lesson().querySelectorAll("[data-weight]")];
  if (points.length === 0) return;
  const sum = (some) => some.reduce((all, one) => all + Number(one.dataset.weight), 0);
  const grade = sum(points.filter((one) => one.checked)) >= sum(points) / 2 ? "2" : "1";
  for (const button of lesson().querySelectorAll(".grades button")) {
    button.classList.toggle("suggested", button.value === grade);
  }
}

function press(event) {
  if (!lesson() || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  const target = event.target;
  if (typing(target)) {
    if (event.key === "Escape") target.blur();
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && target.form?.id === "answer") {
      event.preventDefault();
      if (!event.repeat) lesson().querySelector("[data-show]").click();
    }
    return;
  }
  const within = target.closest("button, a, summary, label, input, [popover]");
  if (event.key === "Enter" || event.key === " ") {
    if (within) { if (event.repeat) event.preventDefault(); return; }
    event.preventDefault(); // a page does not scroll away under a learner
    if (!event.repeat) lesson().querySelector(".suggested, [data-show], .go")?.click();
    return;
  }
  if (!keys.on || event.repeat) return;
  const button = /^[1-9]$/.test(event.key) ? lesson().querySelector(`[data-key="${event.key}"]`)
    : event.key === "u" ? lesson().querySelector("[data-undo]")
    : event.key === "s" ? lesson().querySelector("[data-later]") : null;
  if (event.key === "?") document.getElementById("keys").togglePopover();
  if (button) { event.preventDefault(); button.click(); }
}

function tell(sentence) {
  const place = document.getElementById("told");
  if (place) place.textContent = sentence;
}

document.addEventListener("DOMContentLoaded", () => {
  document.addEventListener("keydown", press);
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-weight]")) suggest();
    if (event.target.id === "keys-on") keys.on = event.target.checked;
  });
  const box = document.getElementById("keys-on");
  if (box) box.checked = keys.on;
  document.body.addEventListener("htmx:sendError", () => tell("The site does not answer. What you wrote is still here; try again."));
  document.body.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status < 400) return;
    event.detail.shouldSwap = false; // what was written stays
    const holder = document.createElement("template");
    holder.innerHTML = event.detail.xhr.responseText;
    tell(holder.content.querySelector("li")?.textContent ?? "The site cannot do this now.");
  });
});
