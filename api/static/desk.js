// The desk by keyboard: from line to line, open, act. Whoever dictates or types otherwise switches the letters off.
"use strict";

const KEPT = "mingda.letters";
const lines = [...document.querySelectorAll("[data-line]")];
const keys = document.getElementById("keys");
const letters = keys.querySelector("[data-letters]");
const kept = (() => { try { return localStorage.getItem(KEPT); } catch { return null; } })();
letters.checked = kept !== "off";
letters.addEventListener("change", () => {
  try { localStorage.setItem(KEPT, letters.checked ? "on" : "off"); } catch { /* Not kept, then. */ }
});

const opener = document.querySelector("[data-keys]");
opener.hidden = false;
opener.addEventListener("click", () => keys.showModal());

const link = (line) => line.querySelector("[data-open]");
const here = () => lines.findIndex((line) => line.contains(document.activeElement));
const marked = () => lines.findIndex((line) => line.hasAttribute("aria-current"));

// The line that was last looked at stays marked while something else has the focus.
function mark(line) {
  lines.forEach((each) => each.toggleAttribute("aria-current", false));
  line.setAttribute("aria-current", "true");
}
lines.forEach((line) => line.addEventListener("focusin", () => mark(line)));

function go(step) {
  const from = here() >= 0 ? here() : marked();
  const line = lines[Math.min(Math.max(from < 0 ? 0 : from + step, 0), lines.length - 1)];
  if (!line) return;
  link(line).focus({ preventScroll: true });
  line.scrollIntoView({ block: "nearest" });
}

function follow(name) {
  const line = lines[here() >= 0 ? here() : marked()];
  line?.querySelector(name)?.click();
}

const LETTERS = {
  j: () => go(1),
  k: () => go(-1),
  o: () => follow("[data-open]"),
  a: () => follow("[data-act]"),
  "/": () => document.querySelector("[data-search]").focus(),
  "?": () => keys.showModal(),
};
const ARROWS = { ArrowDown: () => go(1), ArrowUp: () => go(-1) };
const TYPING = "input, textarea, select, [contenteditable], dialog";

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.target.closest?.(TYPING) || keys.open) return;
  // The arrows move within the list only; elsewhere they scroll.
  const known = here() >= 0 && ARROWS[event.key];
  const act = known || (letters.checked && LETTERS[event.key.toLowerCase()]);
  if (!act) return;
  event.preventDefault();
  act();
});

// Back from an act, the next line is ready: once the browser has gone to it, which takes the focus away.
const line = document.getElementById(decodeURIComponent(location.hash.slice(1)));
if (lines.includes(line)) window.addEventListener("load", () => link(line).focus());
