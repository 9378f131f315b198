// The ticked cases are counted, and those of a page ticked together; without this each is ticked by itself.
"use strict";

document.querySelectorAll("[data-bulk]").forEach((form) => {
  const picks = [...form.querySelectorAll('[name="pick"]')];
  const whole = form.querySelector("[data-pick-all]");
  const all = form.querySelector('[name="all"]');
  const count = form.querySelector(".bulk-count");
  const hint = form.querySelector(".bulk-hint");
  const view = form.querySelector(".bulk-all");
  const tell = () => {
    const ticked = picks.filter((pick) => pick.checked).length;
    const everything = Boolean(all?.checked);
    count.querySelector("b").textContent = ticked;
    count.hidden = everything || !ticked;
    view.hidden = !everything;
    hint.hidden = everything || ticked > 0;
    whole.checked = ticked === picks.length;
    whole.indeterminate = ticked > 0 && ticked < picks.length;
    picks.forEach((pick) => pick.closest("tr").classList.toggle("is-picked", pick.checked));
  };
  if (!whole) return;
  whole.hidden = false;
  whole.addEventListener("change", () => {
    picks.forEach((pick) => { pick.checked = whole.checked; });
  });
  form.addEventListener("change", tell);
  tell();
});
