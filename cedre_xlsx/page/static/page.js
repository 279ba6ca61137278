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

const work = document.querySelector(".work");
if (work) {
  const telling = work.querySelector(".telling");
  const bar = work.querySelector("progress");
  const since = work.querySelector(".since");
  const began = Date.now();
  const events = new EventSource(`${base}/travaux/${document.body.dataset.job}/suite`);
  const over = () => {
    events.close();
    location.replace(`${base}/travaux/${document.body.dataset.job}${location.search}`);
  };
  events.onmessage = (event) => {
    const told = JSON.parse(event.data);
    if (told.fini) return over();
    if (told.dit && telling.textContent !== told.dit) telling.textContent = told.dit;
    work.classList.toggle("waits", told.attend);
    if (told.sur) {
      bar.max = told.sur;
      bar.value = told.fait;
    } else {
      bar.removeAttribute("value");
    }
  };
  events.onerror = () => setTimeout(over, 1000);
  setInterval(() => {
    const seconds = Math.round((Date.now() - began) / 1000);
    if (seconds > 2) since.textContent = `depuis ${seconds} s`;
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

for (const zone of document.querySelectorAll(".drop")) {
  const input = zone.querySelector("input");
  zone.addEventListener("dragover", (event) => {
    event.preventDefault();
    zone.classList.add("over");
  });
  zone.addEventListener("dragleave", () => zone.classList.remove("over"));
  zone.addEventListener("drop", (event) => {
    event.preventDefault();
    zone.classList.remove("over");
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
  });
}
