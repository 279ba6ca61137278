// Boxes of a form: all, none, and how many are ticked.
"use strict";

for (const form of document.querySelectorAll("form")) {
  const boxes = [...form.querySelectorAll('input[type="checkbox"][name="reparation"]')];
  const told = form.querySelector(".ticked");
  if (!boxes.length || !told) continue;
  const tell = () => {
    const count = boxes.filter((box) => box.checked).length;
    told.textContent = `${count} sur ${boxes.length}`;
  };
  for (const button of form.querySelectorAll("[data-tick]")) {
    button.addEventListener("click", () => {
      for (const box of boxes) box.checked = button.dataset.tick === "all";
      tell();
    });
  }
  for (const ticks of form.querySelectorAll(".ticks")) ticks.hidden = false;
  form.addEventListener("change", tell);
  tell();
}
