// Follows jobs by server-sent events and keeps sliders and number boxes together. Pages read without it.
"use strict";

const LOST = "The connection is lost; the browser tries again by itself.";
const GONE = "The site no longer knows this run. The link of the form runs it again.";

function follow(job) {
  const source = new EventSource(job.dataset.events);
  let shown = job;
  source.addEventListener("part", (event) => {
    if (!shown.isConnected) {
      source.close();
      return;
    }
    const { html, over } = JSON.parse(event.data);
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const next = holder.content.firstElementChild;
    next.removeAttribute("data-events"); // this source goes on with it
    shown.replaceWith(next);
    shown = next;
    htmx.process(next);
    if (over) source.close();
  });
  source.addEventListener("error", () => {
    const standing = shown.querySelector(".standing");
    if (standing) standing.textContent = source.readyState === EventSource.CLOSED ? GONE : LOST;
  });
}

function turn(row) {
  const [range, box] = [row.querySelector("[type=range]"), row.querySelector("[type=number]")];
  range.addEventListener("input", () => { box.value = range.value; });
  box.addEventListener("input", () => { range.value = box.value === "" ? box.placeholder : box.value; });
  for (const button of row.querySelectorAll("[data-by]")) {
    button.addEventListener("click", () => {
      range.value = box.value === "" ? box.placeholder : box.value;
      if (Number(button.dataset.by) > 0) range.stepUp(); else range.stepDown();
      box.value = range.value;
    });
  }
}

function begin(root) {
  const within = (query) => [...(root.matches?.(query) ? [root] : []), ...root.querySelectorAll(query)];
  for (const job of within("[data-events]")) {
    if (!job.followed) { job.followed = true; follow(job); }
  }
  for (const row of within("[data-turn]")) {
    if (!row.turned) { row.turned = true; turn(row); }
  }
}

document.addEventListener("DOMContentLoaded", () => {
  begin(document.body);
  document.body.addEventListener("htmx:load", (event) => begin(event.detail.elt));
});
