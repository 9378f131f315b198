// The list of proof follows the decision that is chosen in a draft, and marks what is there already.
"use strict";

const lists = (form) => form.querySelector("[data-proofs]");

function follow(form, opening) {
  const proofs = lists(form);
  const chosen = form.elements.decision.value;
  const parts = chosen === "partly_disclosed" ? new FormData(form).getAll("grounds") : [];
  const shown = new Set([chosen, ...parts]);
  proofs.querySelectorAll("[data-decision]").forEach((list) => {
    list.hidden = chosen !== "" && !shown.has(list.dataset.decision);
  });
  proofs.querySelectorAll("[data-insert]").forEach((button) => { button.hidden = chosen === ""; });
  if (opening && chosen) proofs.open = true;
  mark(form);
}

function mark(form) {
  const written = form.elements.evidence.value;
  lists(form).querySelectorAll("[data-item]").forEach((item) => {
    item.classList.toggle("is-there", written.includes(item.dataset.item));
  });
}

function insert(form, text) {
  const area = form.elements.evidence;
  const kept = area.value.trimEnd();
  // A file goes behind what it proves, if that line still waits for it; anything else begins a line.
  const joined = kept === "" || kept.endsWith("：") ? kept : kept + "\n";
  area.value = (text.endsWith("：") && kept ? kept + "\n" : joined) + text;
  area.focus();
  area.setSelectionRange(area.value.length, area.value.length);
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

const draftOf = (element) => {
  const form = element.closest?.("form");
  return form && lists(form) ? form : null;
};
document.addEventListener("change", (event) => {
  const form = draftOf(event.target);
  if (form && ["decision", "grounds"].includes(event.target.name)) follow(form, true);
});
document.addEventListener("input", (event) => {
  const form = draftOf(event.target);
  if (form && event.target.name === "evidence") mark(form);
});
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-insert]");
  if (button) insert(button.closest("form"), button.dataset.insert);
});
const begin = () => document.querySelectorAll("[data-proofs]").forEach((proofs) => {
  follow(proofs.closest("form"), true);
});
document.addEventListener("htmx:after:swap", (event) => {
  if (event.detail.ctx.target?.querySelector("[data-proofs]")) begin();
});
begin();
