// Aids on a term's page: facts to fill in, where a live number comes from, answers after a guess, a citation with
// what is copied. Everything is on the page without them.
(() => {
  "use strict";
  const article = document.querySelector("article[data-cite]");
  if (!article) return;
  const made = (name, given) => Object.assign(document.createElement(name), given);

  // Facts: what the author's cards leave out of a claim becomes a gap, in its place.
  const list = article.querySelector(".body ol:has(.claim)");
  const within = "[\\p{L}\\p{N}_]";
  function cut(claim, part) {
    const words = part.split(/\s+/).map((one) => one.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("\\s+");
    const whole = new RegExp(`(?<!${within})(?<!\\d[.,])${words}(?!${within})(?![.,]\\d)`, "u");
    const texts = document.createTreeWalker(claim, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const found = node.parentElement.closest("s, .gap") ? null : whole.exec(node.data);
      if (!found) continue;
      const live = node.parentElement.closest(".live");
      let hidden = live;
      if (!live) {
        hidden = node.splitText(found.index);
        hidden.splitText(found[0].length);
      }
      const gap = made("button", { type: "button", className: "gap" });
      hidden.replaceWith(gap);
      gap.kept = hidden;
      turn(gap, false);
      return;
    }
  }
  function turn(gap, told) {
    gap.classList.toggle("told", told);
    gap.textContent = told ? gap.kept.textContent : "?";
    if (told) gap.removeAttribute("aria-label"); else gap.setAttribute("aria-label", "gap: show what stands here");
  }
  if (list) {
    const bar = made("p", { className: "recall screen" });
    const button = made("button", { type: "button", textContent: "Hide facts" });
    const told = made("span", { className: "soft" });
    told.setAttribute("role", "status");
    bar.append(button, " ", told);
    list.before(bar);
    let hidden = false;
    button.addEventListener("click", () => {
      hidden = !hidden;
      if (hidden) {
        for (const badge of list.querySelectorAll("[data-gaps]")) {
          for (const part of JSON.parse(badge.dataset.gaps)) cut(document.getElementById(badge.dataset.claim), part);
        }
      } else {
        for (const gap of list.querySelectorAll(".gap")) gap.replaceWith(gap.kept);
        list.normalize();
      }
      button.textContent = hidden ? "Show facts" : "Hide facts";
      told.textContent = hidden ? "Say what is missing, then press the gap." : "";
    });
    list.addEventListener("click", (event) => {
      const gap = event.target.closest(".gap");
      if (gap) turn(gap, !gap.classList.contains("told"));
    });
  }

  // Live numbers: interval, seeds and day of the run, under the pointer and for the keyboard.
  const tip = made("div", { id: "live-told", className: "tip", hidden: true });
  tip.setAttribute("role", "tooltip");
  document.body.append(tip);
  let shown = null;
  function tell(live) {
    shown?.removeAttribute("aria-describedby");
    shown = live;
    tip.hidden = !live;
    if (!live) return;
    tip.textContent = live.dataset.from;
    live.setAttribute("aria-describedby", tip.id);
    const at = live.getBoundingClientRect();
    tip.style.left = `${scrollX + Math.max(8, Math.min(at.left, document.documentElement.clientWidth - tip.offsetWidth - 8))}px`;
    tip.style.top = `${scrollY + at.bottom}px`;
  }
  for (const live of article.querySelectorAll(".body .live[title]")) {
    live.dataset.from = live.title;
    live.removeAttribute("title");
    live.tabIndex = 0;
    live.addEventListener("focus", () => tell(live));
    live.addEventListener("blur", () => tell(null));
    live.addEventListener("pointerenter", () => tell(live));
    live.addEventListener("pointerleave", (event) => { if (event.relatedTarget !== tip) tell(null); });
  }
  tip.addEventListener("pointerleave", () => tell(null));
  document.addEventListener("keydown", (event) => { if (event.key === "Escape") tell(null); });
  addEventListener("resize", () => tell(null)); // it stands where the number was

  // A guess opens its answer.
  article.addEventListener("change", (event) => {
    const guess = event.target.closest(".guessed input");
    if (!guess) return;
    const card = guess.closest(".guessed");
    const said = card.querySelector(".guess") ?? made("p", { className: "guess" });
    said.setAttribute("role", "status");
    said.textContent = `You said: ${guess.parentElement.textContent.trim()}.`;
    const answer = card.querySelector("details");
    answer.before(said);
    answer.open = true;
  });

  // What is copied says where it stands.
  document.addEventListener("copy", (event) => {
    const chosen = getSelection();
    const text = chosen.toString().trim();
    if (text.split(/\s+/).length < 5 || !article.contains(chosen.anchorNode) || event.target.closest?.("textarea, input")) return;
    event.clipboardData.setData("text/plain", `${text}\n${article.dataset.cite}`);
    event.preventDefault();
  });
})();
