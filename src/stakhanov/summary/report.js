// Numbers under the pointer, and every table as a file. All of it is read off the tables of the page.
(function () {
  "use strict";
  var tip = document.createElement("div");
  var line = document.createElement("div");
  tip.className = "tip";
  line.className = "hair";
  tip.setAttribute("aria-hidden", "true");
  line.setAttribute("aria-hidden", "true");

  function texts(row) {
    return Array.from(row.cells).map(function (cell) { return cell.textContent; });
  }

  function hide() {
    tip.remove();
    line.remove();
  }

  function show(event, svg, heads, rows) {
    var box = svg.getBoundingClientRect();
    var scale = box.width / svg.viewBox.baseVal.width;
    var left = svg.dataset.left * scale;
    var wide = svg.dataset.wide * scale;
    var share = Math.min(Math.max((event.clientX - box.left - left) / wide, 0), 1);
    var place = Math.round(share * (rows.length - 1));
    var cells = texts(rows[place]);
    tip.textContent = "";
    cells.forEach(function (cell, i) {
      var part = document.createElement(i ? "span" : "b");
      part.textContent = i ? heads[i] + " " + (cell || "none") : cell;
      tip.append(part);
    });
    svg.parentNode.append(line, tip);
    var x = left + wide * place / (rows.length - 1);
    line.style.left = x + "px";
    tip.style.left = Math.min(Math.max(x - tip.offsetWidth / 2, 0), box.width - tip.offsetWidth) + "px";
  }

  function save(figure, table) {
    var button = document.createElement("button");
    button.type = "button";
    button.textContent = "Save as CSV";
    button.addEventListener("click", function () {
      var lines = Array.from(table.rows).map(function (row) {
        return texts(row).map(function (text) {
          var plain = /^-?[\d,]+$/.test(text) ? text.replace(/,/g, "") : text;
          return /[",]/.test(plain) ? '"' + plain.replace(/"/g, '""') + '"' : plain;
        }).join(",");
      });
      var link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([lines.join("\n") + "\n"], { type: "text/csv" }));
      link.download = table.caption.textContent.replace(/[^\w]+/g, "-").toLowerCase() + ".csv";
      link.click();
      URL.revokeObjectURL(link.href);
    });
    figure.querySelector("details").append(button);
  }

  document.querySelectorAll("figure").forEach(function (figure) {
    var table = figure.querySelector("table");
    save(figure, table);
    if (!("timed" in figure.dataset)) { return; }
    var heads = texts(table.tHead.rows[0]);
    var rows = table.tBodies[0].rows;
    figure.querySelectorAll("svg[data-left]").forEach(function (svg) {
      svg.addEventListener("pointermove", function (event) { show(event, svg, heads, rows); });
      svg.addEventListener("pointerdown", function (event) { show(event, svg, heads, rows); });
      svg.addEventListener("pointerleave", hide);
    });
  });
})();
