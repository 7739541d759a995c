// What the pages do beyond plain forms and links. Everything works without it.
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);

  // Waiting: the button says so and cannot be pressed twice.
  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button || !button.dataset.wait) return;
    const words = button.dataset.wait;
    setTimeout(() => { button.disabled = true; button.textContent = words; });
    if (!button.dataset.progress) return;
    setInterval(async () => {
      const answer = await fetch(button.dataset.progress);
      if (!answer.ok) return;
      const { done, total } = await answer.json();
      if (total) button.textContent = `${words} ${done} / ${total}`;
    }, 400);
  });

  // The demonstration's cast fills the sign-in form.
  document.addEventListener("click", (event) => {
    const name = event.target.closest("[data-fill]");
    if (!name) return;
    $("#id_login").value = name.dataset.fill;
    $("#id_password").value = name.closest("[data-password]").dataset.password;
    $("#id_password").form.querySelector("button").focus();
  });

  // A file may be dropped on the import form.
  const drop = $("[data-drop]");
  if (drop) {
    const input = $("input[type=file]", drop);
    ["dragover", "dragleave", "drop"].forEach((name) => drop.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", name === "dragover");
      if (name === "drop" && event.dataTransfer.files.length) {
        input.files = event.dataTransfer.files;
        drop.requestSubmit();
      }
    }));
  }

  // Review: the chosen quote comes into view; keys do what the buttons do; a selection becomes a task.
  const review = $("#review");
  if (!review) return;
  const show = () => {
    const chosen = $(".quote.chosen");
    const pane = $("#notice-text");
    if (chosen && pane) pane.scrollTop = chosen.offsetTop - pane.clientHeight / 3;
  };
  show();
  // 无误 said of what was just changed means: as it stands now.
  const changed = (form) => [...form.elements].some((field) => field.options ? [...field.options].some((o) => o.selected !== o.defaultSelected && (o.defaultSelected || o.index)) : field.value !== field.defaultValue);
  document.addEventListener("submit", (event) => {
    const correct = $("#correct");
    if (event.target.id !== "accept" || !correct || !changed(correct)) return;
    event.preventDefault();
    correct.requestSubmit();
  });
  const press = (id) => { const form = document.getElementById(id); if (form) form.requestSubmit(); };
  const follow = (id) => { const link = document.getElementById(id); if (link) location.assign(link.href); };
  const place = (node, offset) => {
    const holder = node.parentElement && node.parentElement.closest("[data-start]");
    return holder ? Number(holder.dataset.start) + [...holder.textContent.slice(0, offset)].length : null;
  };
  const selected = () => {
    const selection = getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return false;
    const range = selection.getRangeAt(0);
    const start = place(range.startContainer, range.startOffset);
    const end = place(range.endContainer, range.endOffset);
    if (start === null || end === null || end <= start) return false;
    const form = $("#add");
    if (!form) return false;
    form.elements.words.value = selection.toString();
    form.elements.start.value = start;
    form.elements.end.value = end;
    return true;
  };
  document.addEventListener("selectionchange", selected);
  document.addEventListener("keydown", (event) => {
    if (!("keys" in review.dataset) || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, select, textarea, button, summary")) return;
    const steps = { ArrowLeft: () => follow("step-before"), ArrowRight: () => follow("step-after"), k: () => follow("step-before"), j: () => follow("step-after"),
      m: () => press("merge"), x: () => press("strike"), a: () => { if (selected()) press("add"); }, e: () => { const first = $("#correct select, #correct input"); if (first) { event.preventDefault(); $("#correct [name=kind]").focus(); } } };
    if (event.key === "Enter" && !event.target.closest("a")) { event.preventDefault(); press("accept"); return; }
    if (steps[event.key]) steps[event.key]();
  });
})();
// Back from another service's page, which can but GET: the form that signs in is sent at once.
for (const form of document.querySelectorAll("form[data-at-once]")) form.requestSubmit();
