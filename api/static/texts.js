// The editor of a letter's text: numbers beside the lines, a way from a problem to its line, and nothing lost.
"use strict";

const source = document.getElementById("source");

// The numbers stand in a copy of the text behind it, which breaks its lines where the text does.
const lines = document.createElement("div");
lines.className = "code-lines";
lines.setAttribute("aria-hidden", "true");
source.before(lines);
source.parentElement.classList.add("is-numbered");
const number = () => {
  lines.replaceChildren(
    ...source.value.split("\n").map((text) => {
      const line = document.createElement("div");
      line.textContent = text || "\u200b";
      return line;
    }),
  );
  lines.scrollTop = source.scrollTop;
};
source.addEventListener("input", number);
source.addEventListener("scroll", () => { lines.scrollTop = source.scrollTop; });
number();

document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-line]");
  if (!link) return;
  event.preventDefault();
  const before = source.value.split("\n").slice(0, link.dataset.line - 1);
  const start = before.reduce((sum, text) => sum + text.length + 1, 0);
  const end = source.value.indexOf("\n", start);
  source.focus();
  source.setSelectionRange(start, end < 0 ? source.value.length : end);
  const line = lines.children[link.dataset.line - 1];
  source.scrollTop = line.offsetTop - source.clientHeight / 3;
});

// Who leaves without saving is asked first.
let sending = false;
document.getElementById("text-form").addEventListener("submit", (event) => {
  sending = event.submitter?.formTarget !== "_blank";
});
window.addEventListener("beforeunload", (event) => {
  if (!sending && source.value !== source.defaultValue) event.preventDefault();
});
window.addEventListener("pageshow", () => { sending = false; });
