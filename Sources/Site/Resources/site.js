// Everything here is a comfort: each page does all it does without this file.
"use strict";

// A form is sent once, and leaving one that was not sent asks first.
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
// The browser may show the page again as it was left.
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
});

// The text as it will look, below the field, half a second after the last key.
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
      // Our own server's rendering, made safe there; the content security policy stands behind it.
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      body.replaceChildren(...parsed.body.childNodes);
      section.hidden = !area.value.trim();
    } catch { /* No network, no preview. */ }
  };
  area.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(show, 500); });
}

// The counts in the menu follow what happens, as long as somebody looks at the page.
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

// The menu behind the name closes with Esc and with a click elsewhere.
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

// Whoever sent a form with mistakes starts at the list of them.
document.querySelector(".error-summary")?.focus();
