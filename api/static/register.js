// The registration form: what follows from it is told while it is typed, and nothing typed is lost.
"use strict";

// What is wrong is put right where it stands.
document.querySelector("[aria-invalid]")?.focus();

// With a script the days follow by themselves.
document.querySelector("[data-look]").hidden = true;

// Who leaves with words unsaved is asked first.
const form = document.getElementById("register");
let sending = false;
let typed = false;
form.addEventListener("input", () => { typed = true; });
form.addEventListener("submit", () => { sending = true; });
window.addEventListener("beforeunload", (event) => {
  if (typed && !sending) event.preventDefault();
});
window.addEventListener("pageshow", () => { sending = false; });
