// Boxes of a form, wherever they stand: all that are shown, none, and how many are ticked.
"use strict";

for (const form of document.querySelectorAll("form")) {
  const boxes = [...form.elements].filter((one) => one.type === "checkbox" && /^(reparation|constat)$/.test(one.name));
  const told = form.querySelector(".ticked");
  if (!boxes.length || !told) continue;
  const isShown = (box) => !box.closest("[hidden]");
  const tell = () => {
    const ticked = boxes.filter((box) => box.checked);
    const aside = ticked.filter((box) => !isShown(box)).length;
    const beside = aside ? `, dont ${aside} caché${aside > 1 ? "s" : ""} par les filtres` : "";
    told.textContent = `${ticked.length} sur ${boxes.length}${beside}`;
    form.classList.toggle("sticks", ticked.length > 0);
  };
  for (const button of form.querySelectorAll("[data-tick]")) {
    button.addEventListener("click", () => {
      for (const box of boxes) {
        if (button.dataset.tick === "none") box.checked = false;
        else if (isShown(box)) box.checked = true;
      }
      tell();
    });
  }
  for (const ticks of form.querySelectorAll(".ticks")) ticks.hidden = false;
  document.addEventListener("change", tell);
  document.addEventListener("filtered", tell);
  addEventListener("pageshow", tell);
  tell();
}
