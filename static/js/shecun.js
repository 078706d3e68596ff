// What every page does beyond plain HTML: ask before a grave act, pick rows, save by Ctrl+S, go on by Enter, search a register.
"use strict";

(() => {
  const token = () => document.querySelector('meta[name="csrf-token"]').content;

  // A form marked data-confirm asks first; the dialog can be answered by keyboard alone.
  const ask = (sentence) =>
    new Promise((resolve) => {
      const dialog = document.createElement("dialog");
      dialog.className = "confirm";
      const english = document.documentElement.lang.startsWith("en");
      const text = document.createElement("p");
      text.textContent = sentence;
      const buttons = document.createElement("form");
      buttons.method = "dialog";
      buttons.className = "buttons";
      for (const [value, label, look] of [["yes", english ? "Confirm" : "确定", "btn-primary"], ["no", english ? "Cancel" : "取消", "btn-outline-secondary"]]) {
        const button = document.createElement("button");
        button.value = value;
        button.className = `btn ${look}`;
        button.textContent = label;
        buttons.append(button);
      }
      dialog.append(text, buttons);
      dialog.addEventListener("close", () => {
        dialog.remove();
        resolve(dialog.returnValue === "yes");
      });
      document.body.append(dialog);
      dialog.showModal();
    });

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    const sentence = event.submitter?.dataset.confirm ?? form.dataset.confirm;
    if (!sentence || form.dataset.confirmed) return;
    event.preventDefault();
    if (!(await ask(sentence))) return;
    form.dataset.confirmed = "yes";
    form.requestSubmit(event.submitter);
    delete form.dataset.confirmed;
  });

  // Lists: one box selects the page; an act on selected rows needs a selection.
  const refreshSelection = () => {
    const chosen = document.querySelectorAll('input[name="selected"]:checked').length;
    for (const button of document.querySelectorAll("[data-needs-selection]")) button.disabled = chosen === 0;
  };
  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-select-all]"))
      for (const box of document.querySelectorAll('input[name="selected"]')) box.checked = event.target.checked;
    if (event.target.matches('[data-select-all], input[name="selected"]')) refreshSelection();
  });
  refreshSelection();

  // Keys: Ctrl+S saves; inside .entry forms Enter goes on to the next box instead of sending half a form.
  const boxes = (form) =>
    [...form.elements].filter((box) => !box.disabled && box.type !== "hidden" && box.tabIndex >= 0 && box.tagName !== "FIELDSET" && box.offsetParent !== null);
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "s") {
      const button = (event.target.closest?.("form") ?? document).querySelector("[data-save]") ?? document.querySelector("[data-save]");
      if (button) {
        event.preventDefault();
        button.form.requestSubmit(button);
      }
    }
    const box = event.target;
    if (event.key === "Enter" && !event.isComposing && !event.defaultPrevented && box.matches?.(".entry input, .entry select")) {
      event.preventDefault();
      const all = boxes(box.form);
      const next = all[all.indexOf(box) + 1];
      next?.focus();
      next?.select?.();
    }
  });

  // A register searched while typing: <input data-picker="/address"> asks ?q= and offers what was found.
  const startPicker = (input) => {
    const shell = document.createElement("div");
    shell.className = "picker";
    input.before(shell);
    const list = document.createElement("ul");
    list.id = `${input.id}-found`;
    list.setAttribute("role", "listbox");
    list.hidden = true;
    shell.append(input, list);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-autocomplete", "list");
    let asked = 0;
    let timer = 0;
    let at = -1;
    const close = () => {
      list.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    };
    const mark = (place) => {
      at = place;
      [...list.children].forEach((item, index) => item.setAttribute("aria-selected", String(index === at)));
      const item = list.children[at];
      item?.scrollIntoView({ block: "nearest" });
      if (item) input.setAttribute("aria-activedescendant", item.id);
    };
    const take = (item) => {
      input.value = item.dataset.key === item.textContent ? item.dataset.key : `${item.dataset.key} ${item.textContent}`;
      close();
      input.dispatchEvent(new CustomEvent("picked", { bubbles: true, detail: item.found }));
      input.dispatchEvent(new Event("input", { bubbles: true }));
      clearTimeout(timer);
    };
    const search = async () => {
      const text = input.value.trim();
      const turn = ++asked;
      if (!text) return close();
      const address = new URL(input.dataset.picker, location.href);
      address.searchParams.set("q", text);
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok || turn !== asked || document.activeElement !== input) return;
      const { found } = await answer.json();
      list.replaceChildren(
        ...found.map((row, index) => {
          const item = document.createElement("li");
          item.id = `${list.id}-${index}`;
          item.setAttribute("role", "option");
          item.dataset.key = row.key;
          item.textContent = row.label;
          item.found = row;
          return item;
        }),
      );
      list.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(!list.hidden));
      mark(found.length ? 0 : -1);
    };
    input.addEventListener("input", (event) => {
      if (!event.isTrusted) return;
      clearTimeout(timer);
      timer = setTimeout(search, 180);
    });
    input.addEventListener("keydown", (event) => {
      if (list.hidden) return;
      if (event.key === "ArrowDown" || event.key === "ArrowUp") {
        event.preventDefault();
        const count = list.children.length;
        mark((at + (event.key === "ArrowDown" ? 1 : count - 1)) % count);
      } else if (event.key === "Enter" && at >= 0 && !event.isComposing) {
        event.preventDefault();
        take(list.children[at]);
      } else if (event.key === "Escape") {
        event.preventDefault();
        close();
      }
    });
    list.addEventListener("mousedown", (event) => {
      event.preventDefault();
      const item = event.target.closest("li");
      if (item) take(item);
    });
    input.addEventListener("blur", close);
  };
  const startPickers = (root) => {
    for (const input of root.querySelectorAll('input[data-picker]:not([data-picker=""]):not([role="combobox"])')) startPicker(input);
  };
  startPickers(document);

  // Refusals are read first, and each leads to its box.
  document.querySelector(".refusals")?.focus();

  document.body.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = token();
  });
  window.shecun = { token, startPickers };
})();
