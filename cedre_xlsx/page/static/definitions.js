// A definition stands beside its sign, and opens when the pointer rests there; a click, a key and a
// tap open it without a script.
"use strict";

const REST = 150; // milliseconds
let waiting = 0;

function place(tip, sign) {
  const at = sign.getBoundingClientRect();
  const left = Math.min(at.left, document.documentElement.clientWidth - tip.offsetWidth - 8);
  const below = at.bottom + 6;
  const fits = below + tip.offsetHeight < innerHeight;
  tip.classList.add("placed");
  tip.style.left = `${Math.max(left, 8)}px`;
  tip.style.top = `${fits ? below : Math.max(at.top - tip.offsetHeight - 6, 8)}px`;
}

for (const sign of document.querySelectorAll(".def[popovertarget]")) {
  const tip = document.getElementById(sign.getAttribute("popovertarget"));
  if (!tip.showPopover) continue;
  const open = () => {
    if (!tip.matches(":popover-open")) tip.showPopover();
    place(tip, sign);
  };
  const close = () => {
    if (tip.matches(":popover-open")) tip.hidePopover();
  };
  sign.addEventListener("pointerenter", (event) => {
    if (event.pointerType !== "mouse") return;
    clearTimeout(waiting);
    waiting = setTimeout(open, REST);
  });
  const leave = (event) => {
    if (event.pointerType !== "mouse") return;
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      if (!tip.matches(":hover") && !sign.matches(":hover")) close();
    }, REST);
  };
  sign.addEventListener("pointerleave", leave);
  tip.addEventListener("pointerleave", leave);
  sign.addEventListener("focus", () => sign.matches(":focus-visible") && open());
  sign.addEventListener("blur", close);
  // What is open already by the pointer or the keyboard stays open at a click.
  sign.addEventListener("click", (event) => {
    event.preventDefault();
    open();
  });
}
