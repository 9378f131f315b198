// A link or a square on paper carries number and code behind the `#`, which no browser sends:
// fill the form with them, and take them out of the address again.
"use strict";

const given = new URLSearchParams(window.location.hash.slice(1));
for (const name of ["number", "code"]) {
  const field = document.getElementById(name);
  if (field && given.get(name)) field.value = given.get(name);
}
if (given.get("code")) {
  history.replaceState(null, "", window.location.pathname);
  document.querySelector("#track button")?.focus();
}
