// Follows jobs by server-sent events and keeps sliders and number boxes together. Pages read without it.
"use strict";

const LOST = "The connection is lost; the browser tries again by itself.";
const GONE = "The site no longer knows this run. ";
const SILENT = "The site does not answer. What you set is still in the form; try again in a moment.";

// Makes one part of the page like another, keeping what is alike: so that bars can move and focus stays.
function liken(old, next) {
  if (old.nodeType !== next.nodeType || old.nodeName !== next.nodeName) {
    old.replaceWith(next);
    return next;
  }
  if (old.nodeType !== Node.ELEMENT_NODE) {
    if (old.data !== next.data) old.data = next.data;
    return old;
  }
  for (const { name } of [...old.attributes]) {
    if (!next.hasAttribute(name) && !(name === "open" || name === "class")) old.removeAttribute(name);
  }
  for (const { name, value } of next.attributes) {
    if (old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  if (old.hasAttribute("data-draw") || old.begun) return old; // its inside is the browser's own
  const there = [...old.childNodes];
  const wanted = [...next.childNodes];
  wanted.forEach((child, place) => {
    if (place < there.length) liken(there[place], child);
    else old.append(child);
  });
  there.slice(wanted.length).forEach((child) => child.remove());
  return old;
}

function parsed(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content.firstElementChild;
}

function follow(job) {
  const events = job.dataset.events ?? job.dataset.again;
  const hold = { shown: job };
  let source = listen(events, hold);
  if (!window.drawLive) return;
  const redraw = () => {
    source.close();
    if (hold.shown.isConnected) source = listen(events, hold);
    else document.removeEventListener("theme", redraw);
  };
  document.addEventListener("theme", redraw); // what the browser drew has the colours of the other theme
}

// Takes what a job tells into the part of the page that shows it.
function listen(events, hold) {
  const chosen = getComputedStyle(document.documentElement).colorScheme;
  const system = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  const scheme = ["dark", "light"].includes(chosen) ? chosen : system;
  const source = new EventSource(events + (window.drawLive ? `?live=${scheme}` : ""));
  source.addEventListener("part", (event) => {
    if (!hold.shown.isConnected) {
      source.close();
      return;
    }
    const { html, charts, over } = JSON.parse(event.data);
    const next = parsed(html);
    next.removeAttribute("data-events"); // this source goes on with it
    next.removeAttribute("data-again");
    if (charts.length || over) document.querySelectorAll(".stale").forEach((one) => one.remove());
    const shown = liken(hold.shown, next);
    hold.shown = shown;
    if (charts.length) window.drawLive(shown, charts);
    htmx.process(shown);
    begin(shown);
    if (over) source.close();
  });
  source.addEventListener("error", () => {
    const standing = hold.shown.querySelector(".standing");
    if (!standing) return;
    standing.textContent = LOST;
    if (source.readyState !== EventSource.CLOSED) return;
    const again = Object.assign(document.createElement("a"), { href: hold.shown.dataset.link });
    again.textContent = "Its link runs it again.";
    standing.replaceChildren(GONE, again);
  });
  return source;
}

function turn(row) {
  const [range, box] = [row.querySelector("[type=range]"), row.querySelector("[type=number]")];
  const told = () => box.dispatchEvent(new Event("change", { bubbles: true }));
  range.addEventListener("input", () => { box.value = range.value; told(); });
  box.addEventListener("input", () => { range.value = box.value === "" ? box.placeholder : box.value; });
  for (const button of row.querySelectorAll("[data-by]")) {
    button.addEventListener("click", () => {
      range.value = box.value === "" ? box.placeholder : box.value;
      if (Number(button.dataset.by) > 0) range.stepUp(); else range.stepDown();
      box.value = range.value;
      told();
    });
  }
}

function begin(root) {
  const within = (query) => [...(root.matches?.(query) ? [root] : []), ...root.querySelectorAll(query)];
  // What is done already is asked for again where the browser draws charts itself.
  for (const job of within(window.drawLive ? "[data-events], [data-again]" : "[data-events]")) {
    if (!job.followed) { job.followed = true; follow(job); }
  }
  for (const row of within("[data-turn]")) {
    if (!row.turned) { row.turned = true; turn(row); }
  }
  window.beginLaboratory?.(within);
}

document.addEventListener("DOMContentLoaded", () => {
  begin(document.body);
  document.body.addEventListener("htmx:load", (event) => begin(event.detail.elt));
  document.body.addEventListener("htmx:sendError", (event) => {
    if (!event.detail.target.matches(".seen")) return; // what is written elsewhere stays
    const told = document.createElement("div");
    Object.assign(told, { className: "warnings", textContent: SILENT });
    told.setAttribute("role", "alert");
    event.detail.target.replaceChildren(told);
  });
});
