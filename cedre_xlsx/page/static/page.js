// What a page needs beside its forms: to say that it is open, to follow a work, to take a drop.
"use strict";

const { base, token, page } = document.body.dataset;

function said(more) {
  return new URLSearchParams({ jeton: token, page, ...more });
}

function alive() {
  fetch(`${base}/vivant`, { method: "POST", body: said() }).then(answers, gone);
}

let missed = 0;

function answers() {
  missed = 0;
  document.querySelector(".gone")?.remove();
}

// The command was stopped, or the machine began anew: what is clicked would lead nowhere.
function gone() {
  missed += 1;
  if (missed < 2) {
    setTimeout(alive, 2000);
    return;
  }
  if (document.querySelector(".gone")) return;
  const told = document.createElement("p");
  told.className = "error gone";
  told.setAttribute("role", "alert");
  told.textContent =
    "La page ne répond plus : elle a été arrêtée. Pour la rouvrir, double-cliquez sur « Ouvrir CEDRE », ou relancez « cedre-xlsx page ».";
  document.querySelector("main")?.prepend(told);
}

if (base) {
  alive();
  setInterval(alive, 20_000);
  addEventListener("pageshow", (event) => event.persisted && alive());
  document.addEventListener("freeze", () => navigator.sendBeacon(`${base}/dort`, said()));
  document.addEventListener("resume", alive);
  document.addEventListener("visibilitychange", () => document.hidden || alive());
  addEventListener("pagehide", () => navigator.sendBeacon(`${base}/partie`, said()));
}

// The answer to a form is a new page: who hears it is told first what became of the form.
if ("answers" in document.body.dataset) {
  const main = document.querySelector("main");
  const told = main.querySelector("[role=alert], [role=status]:not(:empty, .work *)") ?? main.querySelector("h1");
  told.tabIndex = -1;
  told.focus({ preventScroll: true });
}

// On a narrow window the menu is folded until it is asked for.
const menu = document.querySelector(".menu");
if (menu) {
  const narrow = matchMedia("(max-width: 48rem)");
  const fold = () => (menu.open = !narrow.matches);
  fold();
  narrow.addEventListener("change", fold);
  const here = menu.querySelector("[aria-current]");
  if (here) menu.scrollTop = here.offsetTop - menu.offsetTop - menu.clientHeight / 2;
}

// Back to a form as it was filled in, where there is one.
for (const link of document.querySelectorAll("a[data-back]")) {
  link.addEventListener("click", (event) => {
    if (history.length < 2 || !document.referrer.startsWith(location.origin)) return;
    event.preventDefault();
    history.back();
  });
}

const work = document.querySelector(".work");
if (work) {
  const [telling, waiting, bar, count, since] = [".telling", ".waiting", "progress", ".count", ".since"]
    .map((one) => work.querySelector(one));
  const began = Date.now();
  const address = `${base}/travaux/${document.body.dataset.job}`;
  const events = new EventSource(`${address}/suite`);
  const over = () => {
    events.close();
    location.replace(address + location.search);
  };
  // It is tried again every second while the workbook is open elsewhere: that is not told each time.
  let calm = 0;
  events.onmessage = (event) => {
    const told = JSON.parse(event.data);
    clearTimeout(calm);
    if (told.fini) return over();
    if (told.attend || waiting.hidden) tell(told);
    else calm = setTimeout(tell, 2000, told);
  };
  const tell = (told) => {
    const sentence = told.etat === "queued" ? "Un autre travail est en cours ; celui-ci attend son tour." : told.dit;
    if (sentence && telling.textContent !== sentence) telling.textContent = sentence;
    waiting.hidden = !told.attend;
    bar.hidden = told.attend;
    count.textContent = told.sur ? `${told.fait} sur ${told.sur}` : "";
    if (told.sur) {
      bar.max = told.sur;
      bar.value = told.fait;
    } else {
      bar.removeAttribute("value");
    }
  };
  events.onerror = () => setTimeout(over, 1000);
  // Cancelled from here, so that going back leads to the form and not to this page again.
  const cancel = document.querySelector("main form");
  cancel.addEventListener("submit", (event) => {
    event.preventDefault();
    fetch(cancel.action, { method: "POST", body: new URLSearchParams(new FormData(cancel)) }).catch(over);
  });
  setInterval(() => {
    const seconds = Math.round((Date.now() - began) / 1000);
    if (seconds > 1) since.textContent = `depuis ${seconds} s`;
  }, 1000);
}

// A form is sent once: what a second click would do is never meant.
for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", () => {
    setTimeout(() => {
      for (const button of form.querySelectorAll("button")) button.disabled = true;
    });
  });
}
addEventListener("pageshow", () => {
  for (const button of document.querySelectorAll("button:disabled")) button.disabled = false;
});

// Files chosen or dropped are listed; dropped beside a field, they would replace the page.
function size(bytes) {
  const [unit, less] = bytes < 1e6 ? ["Ko", 1e3] : ["Mo", 1e6];
  return `${Math.max(1, Math.round(bytes / less))} ${unit}`;
}

for (const zone of document.querySelectorAll(".drop")) {
  const input = zone.querySelector("input[type=file]");
  const chosen = zone.querySelector(".chosen");
  const list = () => {
    const names = document.createElement("ul");
    for (const file of input.files) {
      const line = document.createElement("li");
      line.textContent = `${file.name} (${size(file.size)})`;
      names.append(line);
    }
    chosen.replaceChildren(...(input.files.length ? [names] : []));
  };
  input.addEventListener("change", list);
  addEventListener("pageshow", list);
  const frame = zone.querySelector(".zone");
  for (const kind of ["dragenter", "dragover"]) input.addEventListener(kind, () => frame.classList.add("over"));
  for (const kind of ["dragleave", "drop"]) input.addEventListener(kind, () => frame.classList.remove("over"));
}
for (const kind of ["dragover", "drop"]) {
  addEventListener(kind, (event) => {
    const isFile = event.dataTransfer.types.includes("Files");
    if (isFile && event.target.type !== "file") event.preventDefault();
  });
}
