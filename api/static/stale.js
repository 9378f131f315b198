// A fragment that cannot be had leaves the page as it is, and a word says so: what is being typed stands in it.
"use strict";

const stale = document.getElementById("stale");
document.addEventListener("htmx:before:response", (event) => {
  const { response } = event.detail.ctx;
  stale.hidden = !(response.raw.redirected || response.status >= 400);
  if (stale.hidden) return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
document.addEventListener("htmx:error", () => { stale.hidden = false; });
