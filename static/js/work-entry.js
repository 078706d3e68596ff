// The entry of work: sums run along, all lines as planned or none by one button, arrows change rows, a pasted column fills rows.
"use strict";

(() => {
  const table = document.querySelector("[data-lines-of-work]");
  if (!table) return;
  const rows = [...table.tBodies[0].rows].filter((row) => "open" in row.dataset);
  const shown = () => rows.filter((row) => row.offsetParent !== null);
  const box = (row, name) => row.querySelector(`[name$="-${name}"]`);
  const FULL = "０１２３４５６７８９．，";
  const hundredths = (text) => {
    const plain = [...text].map((sign) => (FULL.includes(sign) ? "0123456789.,"[FULL.indexOf(sign)] : sign)).join("").replaceAll(",", "").replace(/亩$/, "").trim();
    return /^\d+(\.\d{1,2})?$/.test(plain) ? Math.round(Number(plain) * 100) : 0;
  };
  const mu = (value) => (value / 100).toFixed(2);
  const show = (name, text) => {
    document.getElementById(`sum-${name}`).textContent = text;
  };

  const sum = () => {
    const said = rows.filter((row) => box(row, "result").value !== "");
    const count = (result) => said.filter((row) => box(row, "result").value === result).length;
    show("lines", String(said.length));
    show("area", mu(said.reduce((all, row) => all + hundredths(box(row, "area").value), 0)));
    show("planned", mu(said.reduce((all, row) => all + hundredths(row.dataset.planned), 0)));
    show("partly", String(count("partly")));
    show("undone", String(count("not_done")));
  };

  // A result brings its usual acreage along: all that is left for done, none for not done.
  const fit = (row) => {
    const result = box(row, "result").value;
    const area = box(row, "area");
    if (result === "done" && !hundredths(area.value)) area.value = row.dataset.left;
    if (result === "not_done") area.value = "";
  };

  table.addEventListener("change", (event) => {
    if (event.target.name?.endsWith("-result")) fit(event.target.closest("tr"));
    sum();
  });
  table.addEventListener("input", sum);

  for (const button of document.querySelectorAll("[data-all]")) {
    button.hidden = false;
    button.addEventListener("click", () => {
      for (const row of rows.filter((one) => !button.dataset.all || hundredths(one.dataset.left))) {
        box(row, "result").value = button.dataset.all;
        if (button.dataset.all === "done") box(row, "area").value = row.dataset.left;
        else box(row, "area").value = "";
      }
      sum();
      table.dispatchEvent(new Event("change", { bubbles: true }));
    });
  }

  const column = (cell) => cell.closest("td").cellIndex;
  const below = (cell, steps) => {
    const seen = shown();
    const row = seen[seen.indexOf(cell.closest("tr")) + steps];
    return row?.cells[column(cell)]?.querySelector("input:not([type=hidden]), select");
  };
  table.addEventListener("keydown", (event) => {
    const steps = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!steps || event.target.tagName !== "INPUT") return;
    const next = below(event.target, steps);
    if (!next) return;
    event.preventDefault();
    next.focus();
    next.select?.();
  });

  const LABELS = { 已完成: "done", 完成: "done", 部分完成: "partly", 部分: "partly", 未作业: "not_done", 未完成: "not_done", 暂不登记: "" };
  table.addEventListener("paste", (event) => {
    const text = event.clipboardData.getData("text").replace(/\r/g, "").replace(/\n+$/, "");
    if (!text.includes("\n") && !text.includes("\t")) return;
    event.preventDefault();
    const start = event.target;
    const seen = shown();
    const first = seen.indexOf(start.closest("tr"));
    text.split("\n").forEach((line, down) => {
      const row = seen[first + down];
      line.split("\t").forEach((value, right) => {
        const target = row?.cells[column(start) + right]?.querySelector("input:not([type=hidden]), select");
        if (!target) return;
        const plain = value.trim();
        target.value = target.tagName === "SELECT" ? (LABELS[plain] ?? plain) : plain;
      });
    });
    sum();
    table.dispatchEvent(new Event("change", { bubbles: true }));
  });

  document.addEventListener("restored", sum);
  sum();
})();
