// Files are dropped where they are chosen: the drop fills the same field, which is sent as it stands.
"use strict";

document.querySelectorAll("[data-drop]").forEach((form) => {
  const field = form.querySelector('[type="file"]');
  form.querySelector(".drop-hint").hidden = false;
  const over = (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    form.classList.add("is-over");
  };
  form.addEventListener("dragenter", over);
  form.addEventListener("dragover", over);
  form.addEventListener("dragleave", (event) => {
    if (!form.contains(event.relatedTarget)) form.classList.remove("is-over");
  });
  form.addEventListener("drop", (event) => {
    form.classList.remove("is-over");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    field.files = event.dataTransfer.files;
    field.dispatchEvent(new Event("change", { bubbles: true }));
    field.focus();
  });
});

// The list of the scanner's folder can be had anew without losing what was typed.
document.querySelectorAll("[data-scan-again]").forEach((button) => { button.hidden = false; });
