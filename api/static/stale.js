// A fragment that cannot be had leaves the page as it is, and a word says so: what is being typed stands in it.
"use strict";

// The word stands in the form that asked, else on the page; who asks quietly goes without.
const wordOf = (source) => source.closest("form")?.querySelector(".stale") ?? document.getElementById("stale");
document.addEventListener("htmx:before:response", (event) => {
  const { response, sourceElement } = event.detail.ctx;
  const word = wordOf(sourceElement);
  const failed = response.raw.redirected || response.status >= 400;
  if (!word && !sourceElement.matches("[data-quiet]")) return;
  if (word) word.hidden = !failed;
  if (!failed) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
document.addEventListener("htmx:error", (event) => {
  const word = wordOf(event.detail.ctx?.sourceElement ?? event.target);
  if (word) word.hidden = false;
});
