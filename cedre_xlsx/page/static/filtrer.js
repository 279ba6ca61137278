// Lines that the reader filters, without asking the server; what is asked for stands in the address.
"use strict";

// As texts are folded elsewhere: no case, no accent, plain quotes and dashes.
const folded = (text) => text.replace(/[’‘ʼ´]/g, "'").replace(/[–—‑−]/g, "-")
  .replace(/œ/gi, "oe").replace(/æ/gi, "ae")
  .normalize("NFKD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

const filters = document.querySelector("form.filters");
if (filters) {
  const { unit, none } = filters.dataset;
  const told = document.getElementById("montres");
  const nothing = document.getElementById("rien");
  const chosen = [...filters.querySelectorAll("select")];
  const words = filters.querySelector("input[type=search]");
  const boxes = [...filters.querySelectorAll("input[type=checkbox]")];
  const groups = [...document.querySelectorAll(".group")].map((element) => ({
    element,
    many: element.querySelector(".many"),
    items: [...element.querySelectorAll(".item")].map((one) => ({
      element: one, data: one.dataset, text: null,
    })),
  }));
  const parts = [...document.querySelectorAll(".part")].map((element) => ({
    element, groups: groups.filter((group) => element.contains(group.element)),
  }));
  const all = groups.reduce((sum, group) => sum + group.items.length, 0);
  const counted = (count) => (count ? `${count}\u00a0${unit}${count > 1 ? "s" : ""}` : none);
  const among = (count, of) => counted(count) + (count < of ? ` sur\u00a0${of}` : "");

  // What is asked for, as the address has it.
  function asked() {
    const query = new URLSearchParams();
    for (const one of chosen) if (one.value) query.set(one.name, one.value);
    if (words.value.trim()) query.set(words.name, words.value.trim());
    const kept = boxes.filter((box) => box.checked);
    if (kept.length < boxes.length) query.set(boxes[0].name, kept.map((box) => box.value).join(","));
    return query;
  }

  function fill() {
    const query = new URLSearchParams(location.search);
    for (const one of chosen) {
      one.value = query.get(one.name) || "";
      if (one.selectedIndex < 0) one.value = "";
    }
    words.value = query.get(words.name) || "";
    const kept = boxes.length && query.has(boxes[0].name) ? query.get(boxes[0].name).split(",") : null;
    for (const box of boxes) box.checked = !kept || kept.includes(box.value);
  }

  function filter() {
    const kept = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    const wanted = chosen.filter((one) => one.value).map((one) => [one.name, one.value]);
    const searched = folded(words.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const group of groups) {
      let count = 0;
      for (const item of group.items) {
        let fits = (!boxes.length || kept.has(item.data[boxes[0].name]))
          && wanted.every(([name, value]) => item.data[name] === value);
        if (fits && searched.length) {
          item.text ??= folded(`${item.data.mots || ""} ${item.element.textContent}`);
          fits = searched.every((word) => item.text.includes(word));
        }
        if (item.element.hidden === fits) item.element.hidden = !fits;
        count += fits;
      }
      if (group.element.hidden === count > 0) group.element.hidden = !count;
      const said = among(count, group.items.length);
      if (group.many && group.many.textContent !== said) group.many.textContent = said;
      group.count = count;
      shown += count;
    }
    for (const part of parts) {
      const count = part.groups.reduce((sum, group) => sum + group.count, 0);
      part.element.hidden = !count;
    }
    const said = among(shown, all);
    told.textContent = said[0].toUpperCase() + said.slice(1);
    nothing.hidden = shown > 0;
    document.dispatchEvent(new Event("filtered"));
  }

  // The address is that of the view, whatever the lines were waited for at: it is asked again there.
  function keep() {
    const here = new URL(filters.dataset.address, location.href);
    for (const [name, value] of asked()) here.searchParams.set(name, value);
    if (here.href !== location.href) history.replaceState(null, "", here);
  }

  // What leads away from the lines tells what they are filtered by, so as to come back to it.
  for (const away of document.querySelectorAll("form.leads-away")) {
    away.addEventListener("submit", () => { away.elements.filtres.value = asked(); });
  }

  const again = () => { filter(); keep(); };
  filters.addEventListener("input", again);
  filters.addEventListener("submit", (event) => event.preventDefault());
  filters.addEventListener("reset", () => setTimeout(again));
  addEventListener("pageshow", (event) => { if (event.persisted) filter(); });
  filters.hidden = false;
  fill();
  again();
}
