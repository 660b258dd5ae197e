// Keeps the page live: asks for its live part twice a second, adds what is new, and sends forms without leaving the page.
// Everything here also works without it, as plain forms and a page that reloads itself.
"use strict";

const EVERY = 500;
const parser = new DOMParser();
let asking = false;
let again = false;

function isAtEnd(log) {
  return log.scrollHeight - log.scrollTop - log.clientHeight < 40;
}

function addNew(log, fresh, follows = isAtEnd(log)) {
  const seen = new Set([...log.children].map((line) => line.dataset.key));
  const keys = new Set([...fresh.children].map((line) => line.dataset.key));
  for (const line of [...log.children]) if (!keys.has(line.dataset.key)) line.remove();
  let added = false;
  for (const line of [...fresh.children]) {
    if (seen.has(line.dataset.key)) continue;
    line.classList.add("fresh");
    log.append(document.adoptNode(line));
    added = true;
  }
  if (follows) log.scrollTop = log.scrollHeight;
  return added;
}

function replaceCall(call, fresh) {
  if (call.dataset.version === fresh.dataset.version) return;
  const hadFocus = call.contains(document.activeElement);
  call.className = fresh.className;
  call.dataset.version = fresh.dataset.version;
  call.replaceChildren(...fresh.childNodes);
  if (hadFocus) call.querySelector("button")?.focus();
}

function showCompany(company, fresh) {
  if (company.textContent !== fresh.textContent) company.textContent = fresh.textContent;
}

function showPhone(fresh) {
  const place = fresh.dataset.phone;
  const phone = document.getElementById(`phone-${place}`);
  const jump = document.querySelector(`[data-jump="${place}"]`);
  const texts = phone.querySelector('[data-log="texts"]');
  const follows = isAtEnd(texts);
  phone.dataset.on = fresh.dataset.on;
  replaceCall(phone.querySelector('[data-live="call"]'), fresh.querySelector('[data-live="call"]'));
  showCompany(phone.querySelector('[data-live="company"]'), fresh.querySelector('[data-live="company"]'));
  addNew(phone.querySelector('[data-log="spoken"]'), fresh.querySelector('[data-log="spoken"]'), true);
  const added = addNew(texts, fresh.querySelector('[data-log="texts"]'), follows);
  const rings = phone.querySelector(".call").classList.contains("ringing");
  phone.classList.toggle("rings", rings);
  if (rings && !jump?.classList.contains("rings")) jump?.scrollIntoView({ inline: "nearest", block: "nearest" });
  jump?.classList.toggle("rings", rings);
  if (added) buzz(phone, jump);
  return rings ? phone.querySelector("h2").textContent : "";
}

function buzz(phone, jump) {
  for (const part of [phone, jump]) {
    if (!part) continue;
    part.classList.remove("buzzes");
    void part.offsetWidth;
    part.classList.add("buzzes");
  }
}

function show(fresh) {
  const time = document.querySelector('[data-live="time"]');
  time.replaceChildren(...fresh.querySelector('[data-live="time"]').childNodes);
  const ringing = [...fresh.querySelectorAll("[data-phone]")].map(showPhone).filter(Boolean);
  document.title = ringing.length ? `Ringing: ${ringing.join(", ")}` : "The lab – MIST on-call";
  const recorded = document.querySelector('.record [data-log="recorded"]');
  if (recorded) addNew(recorded, fresh.querySelector('[data-log="recorded"]'));
}

async function ask() {
  if (asking) {
    again = true;
    return;
  }
  asking = true;
  const offline = document.querySelector(".offline");
  try {
    const answer = await fetch("live", { cache: "no-store" });
    if (!answer.ok) throw new Error(answer.statusText);
    show(parser.parseFromString(await answer.text(), "text/html").body);
    offline.hidden = true;
  } catch {
    offline.hidden = false;
  } finally {
    asking = false;
    if (again) {
      again = false;
      ask();
    }
  }
}

async function send(form, submitter) {
  const body = new URLSearchParams(new FormData(form, submitter));
  await fetch(form.action, { method: "POST", headers: { "X-Live": "yes" }, body });
  if (form.classList.contains("write")) form.reset();
  await ask();
}

document.addEventListener("submit", (event) => {
  event.preventDefault();
  send(event.target, event.submitter).catch(() => {
    document.querySelector(".offline").hidden = false;
  });
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing || !event.target.matches(".write textarea")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

for (const log of document.querySelectorAll("[data-log]")) log.scrollTop = log.scrollHeight;
setInterval(() => {
  if (!document.hidden) ask();
}, EVERY);
