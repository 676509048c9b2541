// Search; pages lack nothing else without it.
(() => {
  "use strict";
  const form = document.getElementById("search");
  const index = window.GUIDE_INDEX;
  const field = document.getElementById("query");
  if (!form || !index) return;
  form.hidden = false;
  const plain = (text) => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  const rows = index.map((row) => ({ row, title: plain(row.t), names: plain([row.t, ...row.a].join(" ")),
    text: plain(`${row.g} ${row.x} ${row.c}`) }));
  const worth = (one, words) => words.reduce((sum, word) => sum === 0 ? 0 :
    one.title.startsWith(word) ? sum + 8 : one.names.includes(word) ? sum + 4 : one.text.includes(word) ? sum + 1 : 0, 1);
  const hits = document.getElementById("hits");
  const told = document.getElementById("told");
  const show = () => {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    const found = words.length === 0 ? [] : rows.map((one) => [worth(one, words), one.row])
      .filter(([value]) => value > 0).sort((a, b) => b[0] - a[0]).slice(0, 50);
    hits.replaceChildren(...found.map(([, row]) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = row.u; link.textContent = row.t; link.dir = "auto";
      const soft = document.createElement("span");
      soft.className = "soft"; soft.textContent = ` ${row.c}`;
      item.append(link, ` ${row.g}`, soft);
      return item;
    }));
    told.textContent = words.length === 0 ? "" : found.length === 1 ? "1 term" : `${found.length} terms`;
    for (const letter of document.querySelectorAll(".letter")) letter.hidden = words.length > 0;
  };
  field.addEventListener("input", show);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const first = hits.querySelector("a");
    if (first) first.click();
  });
  field.value = new URLSearchParams(location.search).get("q") || "";
  show();
})();
