// Drafts save themselves: a few seconds after a change the form goes to the server, which says when it was kept.
// A form names its draft by data-draft-key; the server's address is /foundation/drafts/<key>.
"use strict";

(() => {
  const PAUSE = 3000;
  const english = document.documentElement.lang.startsWith("en");
  const words = english
    ? { saved: "Draft saved at ", failed: "Draft not saved, kept in this browser; retrying", found: "There is a draft of ", here: "There is an unsubmitted draft on this computer", restore: "Restore", discard: "Discard" }
    : { saved: "草稿已保存 ", failed: "草稿暂未上传，已留在本机，正在重试", found: "有一份未提交的草稿，保存于 ", here: "有一份未提交的草稿，留在本机", restore: "恢复草稿", discard: "放弃草稿" };

  const start = (form) => {
    const key = form.dataset.draftKey;
    const address = `/foundation/drafts/${encodeURIComponent(key)}`;
    const local = `draft:${key}`;
    const state = form.querySelector(".draft-state");
    let timer = 0;
    let kept = "";
    let leaving = false;

    const pairs = () =>
      [...new FormData(form)].filter(([name, value]) => typeof value === "string" && !["csrf_token", "base", "version"].includes(name));
    const body = () => JSON.stringify({ fields: pairs() });
    const clock = (text) => new Date(text).toLocaleTimeString(english ? "en-GB" : "zh-CN", { hour12: false, timeZone: "Asia/Shanghai" });
    const say = (text) => {
      if (state) state.textContent = text;
    };

    const send = async (options = {}) => {
      const text = body();
      if (text === kept) return;
      localStorage.setItem(local, text);
      try {
        const answer = await fetch(address, {
          method: "POST",
          headers: { "Content-Type": "application/json", "X-CSRFToken": window.shecun.token() },
          body: text,
          ...options,
        });
        if (!answer.ok) throw new Error(String(answer.status));
        const { saved_at: savedAt } = await answer.json();
        kept = text;
        localStorage.removeItem(local);
        say(words.saved + clock(savedAt));
      } catch {
        say(words.failed);
        timer = setTimeout(send, PAUSE * 3);
      }
    };
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(send, PAUSE);
    };

    const restore = (fields) => {
      form.dispatchEvent(new CustomEvent("restoring", { detail: fields }));
      for (const box of form.elements) if (box.type === "checkbox" || box.type === "radio") box.checked = false;
      const seen = new Map();
      for (const [name, value] of fields) {
        const boxes = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
        const place = seen.get(name) ?? 0;
        seen.set(name, place + 1);
        const choice = boxes.find((box) => (box.type === "checkbox" || box.type === "radio") && box.value === value);
        if (choice) choice.checked = true;
        else if (boxes[place] && boxes[place].type !== "checkbox") boxes[place].value = value;
      }
      form.dispatchEvent(new CustomEvent("restored", { bubbles: true }));
    };

    const discard = () => {
      localStorage.removeItem(local);
      return fetch(`${address}/discard`, { method: "POST", headers: { "X-CSRFToken": window.shecun.token() } });
    };

    const offer = (fields, savedAt) => {
      const banner = document.createElement("div");
      banner.className = "draft-banner";
      banner.setAttribute("role", "status");
      banner.append(savedAt ? words.found + new Date(savedAt).toLocaleString(english ? "en-GB" : "zh-CN", { hour12: false, timeZone: "Asia/Shanghai" }) : words.here);
      const buttons = [
        [words.restore, () => restore(fields)],
        [words.discard, discard],
      ].map(([label, act]) => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = "btn btn-outline-primary btn-sm";
        button.textContent = label;
        button.addEventListener("click", () => {
          act();
          banner.remove();
        });
        return button;
      });
      banner.append(...buttons);
      form.before(banner);
    };

    const open = async () => {
      const unsent = localStorage.getItem(local);
      if (unsent) return offer(JSON.parse(unsent).fields, null);
      const answer = await fetch(address, { headers: { Accept: "application/json" } });
      if (!answer.ok) return;
      const draft = await answer.json();
      if (draft.fields && JSON.stringify({ fields: draft.fields }) !== body()) offer(draft.fields, draft.saved_at);
    };

    kept = body();
    if (!form.querySelector('[aria-invalid="true"], .refusal')) open();
    form.addEventListener("input", soon);
    form.addEventListener("change", soon);
    form.addEventListener("submit", (event) => {
      if (event.defaultPrevented) return;
      leaving = true;
      clearTimeout(timer);
    });
    window.addEventListener("pagehide", () => {
      if (!leaving && body() !== kept) send({ keepalive: true });
    });
  };

  for (const form of document.querySelectorAll("form[data-draft-key]")) start(form);
})();
