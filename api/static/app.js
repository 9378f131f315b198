// Small comforts on top of pages that work without any of this.
"use strict";

// A form that makes something is sent once, however often its button is pressed.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.matches("[data-once]")) return;
  if (form.dataset.sent) return event.preventDefault();
  form.dataset.sent = "1";
  form.querySelectorAll("button").forEach((button) => button.setAttribute("aria-busy", "true"));
});
window.addEventListener("pageshow", () => {
  document.querySelectorAll("[data-sent]").forEach((form) => {
    delete form.dataset.sent;
    form.querySelectorAll("button").forEach((button) => button.removeAttribute("aria-busy"));
  });
});

// Printing needs a script; without one the button stays hidden.
document.querySelectorAll("[data-print]").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});

// What is wrong is read first.
document.getElementById("faults")?.focus();

// A form opened in place takes the focus; an answer that is no form (signed out, refused) becomes the page.
document.addEventListener("htmx:before:response", (event) => {
  const { response, sourceElement } = event.detail.ctx;
  if (!response.raw.redirected && response.status < 400) return;
  event.preventDefault();
  window.location.assign(sourceElement.href || window.location.href);
});
document.addEventListener("htmx:after:swap", (event) => {
  if (["act", "act-form"].includes(event.detail.ctx.target?.id)) document.getElementById("act-title")?.focus();
});
