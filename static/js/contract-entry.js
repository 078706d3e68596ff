// The clerk's page: the annex as a grid that takes a paste, lines that grow, parts shown by mode, sums that run along.
// The textarea "annex" stays the one truth: the grid writes into it, drafts and the server read it.
"use strict";

(() => {
  const form = document.getElementById("contract");
  if (!form) return;
  const english = document.documentElement.lang.startsWith("en");
  const words = english
    ? { parcels: "parcels", more: " (and % more)", who: "Household of row ", tail: "ID tail of row ", code: "Code of row ", area: "Mu of row " }
    : { parcels: "块", more: "（另有 % 处）", who: "户主姓名，第 ", tail: "尾号，第 ", code: "编码，第 ", area: "亩数，第 " };
  const text = form.elements.annex;
  const table = document.getElementById("annex-grid");
  const body = table.tBodies[0];
  const checkAddress = form.querySelector("[data-check]").dataset.check;
  const CELLS = ["who", "tail", "code", "area"];

  // --- Parts by mode -------------------------------------------------------------------------------------------
  const showParts = () => {
    const mode = form.elements.mode.value;
    for (const part of form.querySelectorAll("[data-mode]")) part.hidden = part.dataset.mode !== mode;
    const kind = form.elements.receiver_kind.value;
    form.elements.receiver.dataset.picker = `/coop/entry/receivers?kind=${kind}`;
    const grain = form.elements.rent_kind.value === "grain";
    for (const name of ["grain_name", "grain", "grain_price", "rent_floor"]) form.elements[name].closest(".field").hidden = !grain;
    form.elements.rent_cash.closest(".field").hidden = grain;
    const deposit = form.elements.deposit_kind.value !== "none";
    for (const name of ["deposit_rate", "deposit_amount"]) form.elements[name].closest(".field").hidden = !deposit;
    const way = form.elements.payment_mode.value;
    form.querySelector("[data-payments]").hidden = way !== "instalments";
    form.elements.balance_days.closest(".field").hidden = way !== "after_acceptance";
  };

  // --- Lines that grow -------------------------------------------------------------------------------------------
  const addLine = (name) => {
    const lines = form.querySelector(`[data-lines="${name}"] tbody`);
    const row = lines.rows[lines.rows.length - 1].cloneNode(true);
    const next = lines.rows.length;
    for (const old of row.querySelectorAll("p.refusal")) old.remove();
    for (const box of row.querySelectorAll("[name]")) {
      box.name = box.name.replace(/-\d+-/, `-${next}-`);
      box.id = box.name;
      box.removeAttribute("aria-invalid");
      if (box.hasAttribute("aria-label")) box.setAttribute("aria-label", box.getAttribute("aria-label").replace(/\d+/, String(next + 1)));
      if (box.tagName === "SELECT") box.selectedIndex = 0;
      else box.value = "";
    }
    lines.append(row);
    return row;
  };
  const numbered = (name, number) => {
    while (!form.elements[`${name}-${number}-${{ menu: "price", dividend: "holder", payments: "label", standards: "item" }[name]}`]) addLine(name);
  };
  for (const button of form.querySelectorAll("[data-add]")) {
    button.hidden = false;
    button.addEventListener("click", () => addLine(button.dataset.add).querySelector("input, select").focus());
  }
  // A link and a season chosen: the published price and the contract's mu are filled in where nothing stands yet.
  form.addEventListener("change", async (event) => {
    const match = /^menu-(\d+)-(link|season)$/.exec(event.target.name ?? "");
    if (!match) return;
    const box = (name) => form.elements[`menu-${match[1]}-${name}`];
    if (!box("link").value || !box("season").value) return;
    if (!box("area").value) box("area").value = form.elements.area.value || document.getElementById("sum-annex_area").value;
    if (box("price").value) return soon();
    const asked = new URLSearchParams({ link: box("link").value, season: box("season").value, provider: parseInt(form.elements.provider.value, 10) || "" });
    const answer = await fetch(`/coop/entry/price?${asked}`);
    if (answer.ok) box("price").value ||= (await answer.json()).price;
    soon();
  });

  // --- The annex as a grid ---------------------------------------------------------------------------------------
  const rows = () => [...body.rows];
  const cellsOf = (row) => CELLS.map((name) => row.querySelector(`[data-cell="${name}"]`).value.trim());
  const isBlank = (row) => cellsOf(row).every((cell) => !cell);
  const box = (name) => {
    const input = document.createElement("input");
    input.type = "text";
    input.dataset.cell = name;
    input.autocomplete = "off";
    input.className = `cell-${name}`;
    if (name === "area") input.inputMode = "decimal";
    return input;
  };
  const newRow = (cells, before = null) => {
    const row = document.createElement("tr");
    const number = document.createElement("td");
    number.className = "num number";
    row.append(number);
    CELLS.forEach((name, index) => {
      const cell = document.createElement("td");
      const input = box(name);
      input.value = cells?.[index] ?? "";
      cell.append(input);
      row.append(cell);
    });
    for (const name of ["label", "parcels", "mandate", "said"]) {
      const cell = document.createElement("td");
      cell.className = `is-${name}`;
      row.append(cell);
    }
    body.insertBefore(row, before);
    return row;
  };
  let counted = 0;
  const renumber = () => {
    if (counted === body.rows.length) return;
    counted = body.rows.length;
    rows().forEach((row, index) => {
      row.querySelector(".number").textContent = index + 1;
      for (const input of row.querySelectorAll("[data-cell]"))
        input.setAttribute("aria-label", `${words[input.dataset.cell]}${index + 1}${english ? "" : " 行"}`);
    });
  };
  const ensureBlank = () => {
    const all = rows();
    if (!all.length || !isBlank(all[all.length - 1])) newRow();
    renumber();
  };
  const write = () => {
    text.value = rows()
      .filter((row) => !isBlank(row))
      .map((row) => cellsOf(row).join("\t"))
      .join("\n");
    ensureBlank();
  };
  const fill = (lines) => {
    body.replaceChildren();
    counted = 0;
    for (const cells of lines) newRow(cells);
    ensureBlank();
  };
  const ask = async (address, data) => {
    const answer = await fetch(address, { method: "POST", body: data, headers: { "X-CSRFToken": window.shecun.token() } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };
  const linesOf = async (pasted) => {
    const data = new FormData();
    data.set("text", pasted);
    return ask("/coop/entry/paste", data);
  };

  body.addEventListener("focusin", (event) => {
    const input = event.target;
    if (!input.matches?.('[data-cell="who"]') || input.getAttribute("role") === "combobox") return;
    input.dataset.picker = "/coop/entry/households";
    input.id ||= `who-${Math.random().toString(36).slice(2)}`;
    window.shecun.startPickers(input.parentElement);
    input.focus();
  });
  body.addEventListener("picked", (event) => {
    const row = event.target.closest("tr");
    const { name, tail, code } = event.detail;
    event.target.value = name;
    row.querySelector('[data-cell="tail"]').value = tail;
    row.querySelector('[data-cell="code"]').value = code;
    row.querySelector('[data-cell="area"]').focus();
  });
  body.addEventListener("input", () => {
    write();
    soon();
  });
  body.addEventListener("paste", async (event) => {
    const pasted = event.clipboardData.getData("text/plain");
    if (!/[\t\n]/.test(pasted.trim())) return;
    event.preventDefault();
    const here = event.target.closest("tr");
    const { lines, error } = await linesOf(pasted);
    if (error) return say([{ severity: "block", text: error }]);
    const behind = here.nextSibling;
    let last = here;
    for (const cells of lines) last = newRow(cells, behind);
    if (isBlank(here)) here.remove();
    counted = 0;
    write();
    last.querySelector('[data-cell="area"]').focus();
    form.dispatchEvent(new Event("input", { bubbles: true }));
    check();
  });
  body.addEventListener("keydown", (event) => {
    const input = event.target;
    if (!input.dataset?.cell || event.defaultPrevented || event.isComposing) return;
    const row = input.closest("tr");
    const all = rows();
    const at = all.indexOf(row);
    const go = (target) => {
      const next = all[target]?.querySelector(`[data-cell="${input.dataset.cell}"]`);
      if (next) {
        event.preventDefault();
        next.focus();
        next.select();
      }
    };
    if (event.key === "ArrowDown") go(at + 1);
    else if (event.key === "ArrowUp") go(at - 1);
    else if (event.key === "Delete" && event.ctrlKey) {
      event.preventDefault();
      (all[at + 1] ?? all[at - 1])?.querySelector("input").focus();
      row.remove();
      counted = 0;
      write();
      soon();
    } else if (event.key === "Enter" && input.dataset.cell === "area" && at < all.length - 1) {
      event.preventDefault();
      all[at + 1].querySelector("input").focus();
    } else if (event.key === "Enter" && input.dataset.cell === "who" && isBlank(row)) {
      event.preventDefault();
      const boxes = [...form.elements].filter((one) => one.offsetParent && !one.disabled && one.type !== "hidden" && one.tagName !== "FIELDSET");
      const behind = boxes[boxes.indexOf(row.querySelector('[data-cell="area"]')) + 1];
      behind?.focus();
    }
  });

  // --- Checking while one types -----------------------------------------------------------------------------------
  const findings = document.getElementById("findings");
  const say = (found) => {
    findings.replaceChildren(
      ...found.map(({ severity, text: sentence }) => {
        const line = document.createElement("p");
        line.className = `${severity === "block" ? "refusal" : "hint"} is-${severity}`;
        line.textContent = sentence;
        return line;
      }),
    );
  };
  const showErrors = (errors) => {
    for (const field of form.querySelectorAll(".field[data-live]")) {
      field.querySelector(".refusal.is-live")?.remove();
      field.querySelector("[aria-invalid]")?.removeAttribute("aria-invalid");
      delete field.dataset.live;
    }
    for (const [name, sentences] of Object.entries(errors)) {
      const target = form.elements[name];
      const field = target?.closest?.(".field");
      if (!field || target === document.activeElement || !sentences.every((one) => typeof one === "string")) continue;
      if (field.querySelector(".refusal")) continue;
      const line = document.createElement("p");
      line.className = "refusal is-live";
      line.textContent = sentences.join(" ");
      field.append(line);
      field.dataset.live = "yes";
      target.setAttribute("aria-invalid", "true");
    }
  };
  const showLine = (row, line) => {
    const { label, parcels, area, mandate, error, notes } = line;
    row.classList.toggle("is-refused", Boolean(error) || notes.some((note) => note.severity === "block"));
    row.querySelector(".is-label").textContent = label;
    row.querySelector(".is-parcels").textContent = parcels.length === 1 ? `${parcels[0].name} ${parcels[0].area}` : parcels.length ? `${parcels.length} ${words.parcels}` : "";
    row.querySelector(".is-parcels").title = parcels.map((parcel) => `${parcel.name} ${parcel.code} ${parcel.area}`).join("\n");
    row.querySelector(".is-mandate").textContent = mandate;
    row.querySelector('[data-cell="area"]').placeholder = area;
    const said = row.querySelector(".is-said");
    const sentences = error ? [{ severity: "block", text: error }] : notes;
    said.title = sentences.length > 1 ? sentences.map((note) => note.text).join("\n") : "";
    said.replaceChildren(
      ...sentences.slice(0, 1).map((note) => {
        const one = document.createElement("p");
        one.className = note.severity === "block" ? "refusal" : "hint";
        one.textContent = note.text + (sentences.length > 1 ? words.more.replace("%", sentences.length - 1) : "");
        return one;
      }),
    );
  };
  let timer = 0;
  let running = null;
  const check = async () => {
    clearTimeout(timer);
    running?.abort();
    running = new AbortController();
    const mine = running;
    try {
      const answer = await fetch(checkAddress, {
        method: "POST",
        body: new FormData(form),
        headers: { "X-CSRFToken": window.shecun.token() },
        signal: mine.signal,
      });
      if (!answer.ok || mine.signal.aborted) return;
      const said = await answer.json();
      for (const [key, value] of Object.entries(said.sums)) document.getElementById(`sum-${key}`).value = value;
      form.elements.area.placeholder = Number(said.sums.annex_area) ? said.sums.annex_area : "";
      form.elements.deposit_amount.placeholder = said.deposit_amount;
      const written = rows().filter((row) => !isBlank(row));
      if (written.length === said.lines.length) said.lines.forEach((line, index) => showLine(written[index], line));
      say(said.findings);
      showErrors(said.errors);
    } catch (error) {
      if (error.name !== "AbortError") soon(5000);
    }
  };
  const soon = (pause = 500) => {
    clearTimeout(timer);
    timer = setTimeout(check, pause);
  };
  form.addEventListener("input", () => soon());
  form.addEventListener("change", () => {
    showParts();
    soon();
  });

  // --- Drafts: before values come back there must be lines for them; after it the grid shows the text ---------------
  form.addEventListener("restoring", (event) => {
    for (const [name] of event.detail) {
      const match = /^(menu|dividend|payments|standards)-(\d+)-/.exec(name);
      if (match) numbered(match[1], Number(match[2]));
    }
  });
  const readText = async () => {
    const { lines } = text.value.trim() ? await linesOf(text.value) : { lines: [] };
    fill(lines);
    showParts();
    check();
  };
  form.addEventListener("restored", readText);

  document.addEventListener("keydown", (event) => {
    if (event.key === "F8") {
      const wrong = [...form.querySelectorAll(".grid tr.is-refused, .field:has([aria-invalid='true']), .lines tr:has(.refusal)")];
      const at = wrong.findIndex((one) => one.contains(document.activeElement));
      event.preventDefault();
      const next = wrong[(at + 1) % wrong.length]?.querySelector("input, select, textarea");
      next?.focus();
      next?.select?.();
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      form.requestSubmit(form.querySelector("[data-hand-in]"));
    }
  });

  text.closest(".annex-text").hidden = true;
  table.hidden = false;
  showParts();
  readText();
})();
