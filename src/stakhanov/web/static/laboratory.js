// What only the laboratory needs: charts that the browser draws while a run goes, runs at every turn of a
// slider, brigades period by period, predictions before a run. Pages read without it.
"use strict";

// Vega with its interpreter: expressions are walked, never compiled, so that the page may forbid eval.
window.drawLive = (root, charts) => {
  root.querySelectorAll("[data-draw]").forEach((place, number) => {
    const { spec } = vegaLite.compile(charts[number]);
    const runtime = vega.parse(spec, null, { ast: true });
    const holder = document.createElement("div");
    const view = new vega.View(runtime, { expr: vega.expressionInterpreter, renderer: "svg", hover: false });
    view.initialize(holder).runAsync().then(() => {
      place.view?.finalize();
      place.view = view;
      const drawn = holder.querySelector("svg");
      drawn.setAttribute("class", "chart");
      drawn.setAttribute("aria-hidden", "true"); // the words stand on the place itself
      drawn.removeAttribute("width");
      drawn.removeAttribute("height");
      place.replaceChildren(drawn);
      performance.mark("chart-drawn");
    });
  });
};

// Every change of the form asks for a run, the last one only where changes come fast.
const REST = 40; // milliseconds without a change

function rush(box) {
  const form = box.form;
  const usual = [form.elements.workers, form.elements.periods];
  let waiting;
  form.addEventListener("change", (event) => {
    if (!box.checked) return;
    performance.mark("turned");
    if (event.target === box) {
      if (Number(usual[0].value) > Number(box.dataset.workers)) usual[0].value = box.dataset.workers;
      const periods = Number(usual[1].value || usual[1].placeholder);
      if (periods > Number(box.dataset.periods)) usual[1].value = box.dataset.periods;
    }
    clearTimeout(waiting);
    waiting = setTimeout(() => form.requestSubmit(form.querySelector(".go")), REST);
  });
}

// What was run before stays, paler, until the charts of the new run are there.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, serverResponse } = event.detail;
  const before = target.querySelector(":scope > .job");
  if (target.id !== "seen" || !before || !document.querySelector("[data-rush]:checked")) return;
  const holder = document.createElement("template");
  holder.innerHTML = serverResponse;
  const next = holder.content.firstElementChild;
  if (!next.matches(".job[data-events], .job[data-again]")) return;
  event.detail.shouldSwap = false;
  const link = event.detail.xhr.getResponseHeader("HX-Push-Url");
  if (link) history.replaceState(null, "", link);
  target.querySelectorAll(":scope > .stale").forEach((one) => one.remove());
  before.classList.add("stale");
  before.setAttribute("aria-hidden", "true");
  target.prepend(next);
  htmx.process(next);
  begin(next);
});

// Where the answer stands below the form, on a telephone, it is brought into sight.
document.addEventListener("htmx:afterSwap", ({ detail: { target } }) => {
  if (target.id !== "seen" || document.querySelector("[data-rush]:checked")) return;
  if (matchMedia("(max-width: 999px)").matches) target.scrollIntoView();
});

const STEP = 450; // milliseconds that a period is shown

function replay(form) {
  const range = form.elements.period;
  const holder = form.closest(".picture");
  const button = form.querySelector("button");
  let timer;
  const show = async () => {
    const answer = await fetch(`${form.dataset.replay}?period=${range.value}`);
    if (answer.ok) liken(holder.querySelector(".brigades"), parsed(await answer.text()));
  };
  const stop = () => { clearInterval(timer); timer = undefined; button.textContent = "Play"; };
  const next = () => {
    if (range.value === range.max || !form.isConnected) { stop(); return; }
    range.stepUp();
    show();
  };
  button.textContent = "Play";
  range.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (timer) { stop(); return; }
    if (range.value === range.max) range.value = range.min;
    show();
    button.textContent = "Stop";
    timer = setInterval(next, STEP);
  });
}

function foresee(form) {
  const go = form.querySelector(".go");
  const look = () => { go.disabled = !form.checkValidity(); };
  form.addEventListener("change", look);
  look();
}

// The key r runs what is set, unless somebody types or has switched keys off.
document.addEventListener("keydown", (event) => {
  if (event.key !== "r" || event.repeat || event.ctrlKey || event.metaKey || event.altKey || keysOff()) return;
  if (event.target.matches("input:not([type=checkbox], [type=radio], [type=range]), textarea, select")) return;
  document.querySelector("form.rules .go, form.foresee .go")?.click();
});

window.beginLaboratory = (within) => {
  const once = (query, start) => {
    for (const one of within(query)) {
      if (!one.begun) { one.begun = true; start(one); }
    }
  };
  once("[data-rush]", rush);
  once("[data-replay]", replay);
  once("[data-foresee]", foresee);
};

document.addEventListener("htmx:beforeRequest", ({ target }) => {
  if (target.matches(".rules")) performance.mark("asked");
});
