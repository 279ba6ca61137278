// What was ticked is found again on the way back by what it says, never by its place: the list may
// have been asked anew, and have other lines there. A box of another line is as the page has it.
// Browsers may put on the disk what they keep for a tab: it is given prints, never what a page says.
"use strict";

const secret = location.pathname.split("/")[1]; // of this page alone: no print is found without it
const print = (text) => {
  const [one, other] = Array.from(secret + text).reduce(
    ([a, b], sign) => [Math.imul(a ^ sign.codePointAt(0), 2654435761), Math.imul(b ^ sign.codePointAt(0), 1597334677)],
    [0xdeadbeef, 0x41c6ce57],
  );
  return `${(one >>> 0).toString(36)}.${(other >>> 0).toString(36)}`;
};
const kept = `coché ${print(document.title)}`;
const returned = "coché au retour";
const isBack = /^(back_forward|reload)$/.test(performance.getEntriesByType("navigation")[0]?.type);

if (document.querySelector(".work")) {
  // A work that is waited for leads on to its answer by itself.
  if (isBack) sessionStorage.setItem(returned, "1");
} else {
  const many = (one) => document.getElementsByName(one.name).length > 1;
  const lists = [...document.querySelectorAll("main input[type=checkbox], main input[type=radio], main select")]
    .filter((one) => one.name && !one.closest(".filters") && (one.localName === "input" || many(one)));
  const words = (one) => one.getAttribute("aria-label") ?? one.labels[0]?.textContent.trim() ?? "";
  // A value that is a number, or the same for all, tells nothing: what is beside it does.
  const value = (one) => (one.localName === "input" && !/^(\d+|oui|on)$/.test(one.value) ? one.value : words(one));
  const key = (one) => print(JSON.stringify([one.form?.getAttribute("action")?.split("/").pop(), one.name, value(one)]));
  const asItWas = (one) => [...one.options].findLast((option) => option.defaultSelected) ?? one.options[0];
  const is = (one) => (one.localName === "input" ? one.checked : print(one.value));
  const first = (one) => (one.localName === "input" ? one.defaultChecked : print(asItWas(one)?.value ?? ""));

  // The steps of a view share what is kept: each changes what it shows, and leaves the rest.
  const before = new Map(JSON.parse(sessionStorage.getItem(kept) ?? "[]"));
  const keep = () => {
    for (const one of lists) {
      if (is(one) === first(one)) before.delete(key(one));
      else before.set(key(one), is(one));
    }
    if (lists.length) sessionStorage.setItem(kept, JSON.stringify([...before]));
  };

  if (isBack || sessionStorage.getItem(returned)) {
    for (const one of lists) {
      const was = before.get(key(one)) ?? first(one);
      if (one.localName === "input") one.checked = was;
      else one.value = [...one.options].find((option) => print(option.value) === was)?.value ?? one.value;
    }
  }
  sessionStorage.removeItem(returned);
  for (const one of lists) one.autocomplete = "off"; // or the browser restores them by their places
  addEventListener("pagehide", keep);
}
