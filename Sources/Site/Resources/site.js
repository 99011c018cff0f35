// Every page works without this script.
"use strict";

// Blocks a second submit of the same form, and asks before leaving a page with unsent text.
const changed = new Set();
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("input", () => changed.add(form));
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    changed.clear();
  });
}
addEventListener("beforeunload", (event) => {
  const written = [...changed].some((form) =>
    [...form.querySelectorAll("textarea")].some((area) => area.value !== area.defaultValue));
  if (written) event.preventDefault();
});
// The back-forward cache may restore the page with its form marked as sent.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// Previews the rendered text below the field, half a second after the last keystroke.
for (const area of document.querySelectorAll("textarea[data-preview]")) {
  const heading = Object.assign(document.createElement("h3"), { id: `${area.id}-preview`, textContent: "Så här kommer det att se ut" });
  const body = Object.assign(document.createElement("div"), { className: "prose" });
  const section = Object.assign(document.createElement("section"), { className: "preview", hidden: true });
  section.setAttribute("aria-labelledby", heading.id);
  body.setAttribute("aria-live", "polite");
  section.append(heading, body);
  area.closest(".field").after(section);
  let timer, latest = 0;
  const show = async () => {
    const number = ++latest;
    const fields = new URLSearchParams({ csrf: area.form.elements.csrf.value, text: area.value });
    try {
      const answer = await fetch(area.dataset.preview, { method: "POST", body: fields });
      if (!answer.ok || number !== latest) return;
      // The server sanitises the HTML; the content security policy is the second line of defence.
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      body.replaceChildren(...parsed.body.childNodes);
      section.hidden = !area.value.trim();
    } catch { /* No network, no preview. */ }
  };
  area.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, 500); });
}

// Keeps what is written as a draft, two seconds after the last keystroke and when the page is left.
for (const area of document.querySelectorAll("textarea[data-draft]")) {
  const form = area.form, status = form.querySelector(".draft-status");
  let timer, isSaving = false, isChanged = false, isSent = false;
  const tell = (words) => { if (status.textContent !== words) status.textContent = words; };
  const save = async (isLeaving) => {
    clearTimeout(timer);
    // One at a time, so that an older text never replaces a newer one.
    if (!isChanged || isSent || isSaving && !isLeaving) return;
    isSaving = true;
    isChanged = false;
    const fields = new URLSearchParams(new FormData(form)), text = area.value;
    try {
      const answer = await fetch(area.dataset.draft, { method: "POST", body: fields, keepalive: isLeaving && `${fields}`.length < 60000 });
      const isAnswered = answer.headers.get("Content-Type")?.startsWith("text/plain");
      tell(isAnswered ? await answer.text() : "Utkastet gick inte att spara. Texten finns bara kvar här.");
      // The question before leaving compares with it.
      if (answer.ok && isAnswered) area.defaultValue = text;
    } catch { tell("Utkastet gick inte att spara. Texten finns bara kvar här."); isChanged = true; }
    isSaving = false;
    if (isChanged) wait();
  };
  const wait = () => { clearTimeout(timer); timer = setTimeout(save, 2000); };
  form.addEventListener("input", () => { isChanged = true; wait(); });
  form.addEventListener("submit", () => { isSent = true; });
  addEventListener("pageshow", () => { isSent = false; });
  document.addEventListener("visibilitychange", () => { if (document.hidden) save(true); });
}

// Updates the counts in the menu while the page is visible.
const menu = document.querySelector("[data-live]");
let live;
const listen = () => {
  live?.close();
  live = undefined;
  if (document.hidden || !menu) return;
  live = new EventSource(menu.dataset.live);
  live.addEventListener("counts", (event) => {
    const counts = JSON.parse(event.data);
    counts.all = counts.messages + counts.notices + counts.reports;
    for (const element of menu.querySelectorAll("[data-count]")) {
      const count = counts[element.dataset.count];
      element.hidden = count === 0;
      element.firstElementChild.textContent = count > 99 ? "99+" : count;
    }
  });
};
document.addEventListener("visibilitychange", listen);
addEventListener("pagehide", () => live?.close());
addEventListener("pageshow", listen);

// Closes the account menu on Escape and on a click outside it.
const account = document.querySelector("details.menu");
document.addEventListener("click", (event) => {
  if (account?.open && !account.contains(event.target)) account.open = false;
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !account?.open) return;
  const wasInside = account.contains(document.activeElement);
  account.open = false;
  if (wasInside) account.querySelector("summary").focus();
});

// After a refused form, focus starts at the list of mistakes.
document.querySelector(".error-summary")?.focus();
