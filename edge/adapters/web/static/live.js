// Follows the home: when something changed, asks for this page again and swaps what differs.
// Everything works without it; it only saves a reload and a page jump.
(() => {
  "use strict";

  const CALM_MS = 1000;
  let waiting = null;

  const parse = (text) => new DOMParser().parseFromString(text, "text/html");

  // A part is left alone while somebody is in it: a button must not move under a finger.
  const inUse = (part) => part.contains(document.activeElement) && document.activeElement !== document.body;

  const openDetails = (part) => [...part.querySelectorAll("details")].map((one) => one.open);

  const swap = (part, fresh) => {
    if (part.innerHTML === fresh.innerHTML || inUse(part)) return;
    const open = openDetails(part);
    part.replaceWith(fresh);
    fresh.querySelectorAll("details").forEach((one, index) => { one.open = open[index] ?? one.open; });
  };

  const refresh = async () => {
    waiting = null;
    const answer = await fetch(location.pathname, { headers: { accept: "text/html" } });
    if (!answer.ok) return;
    const page = parse(await answer.text());
    for (const part of document.querySelectorAll("[data-live]")) {
      const fresh = page.getElementById(part.id);
      if (fresh) swap(part, fresh);
    }
    const heading = page.querySelector("h1");
    const shown = document.querySelector("h1");
    if (heading && shown && heading.textContent !== shown.textContent) shown.replaceWith(heading);
  };

  const soon = () => { waiting ??= setTimeout(() => refresh().catch(() => {}), CALM_MS); };

  // A toggle: send the form here, show the answer in place, keep focus where it was.
  const send = async (form, button) => {
    const fields = new URLSearchParams(new FormData(form));
    if (button?.name) fields.set(button.name, button.value);
    const answer = await fetch(form.action, { method: "POST", body: fields });
    const page = parse(await answer.text());
    const place = button && { action: form.getAttribute("action"), name: button.name, value: button.value, fields: fields.toString() };
    history.replaceState(null, "", new URL(answer.url).pathname);
    document.title = page.title;
    document.body.replaceWith(page.body);
    focusAgain(place);
    announce();
  };

  const focusAgain = (place) => {
    const same = place && [...document.forms].find((form) =>
      form.getAttribute("action") === place.action &&
      [...new FormData(form)].every(([name, value]) => place.fields.includes(new URLSearchParams([[name, value]]).toString())));
    const button = same && [...same.querySelectorAll("button")].find((one) => one.name === place.name && one.value === place.value);
    (button ?? document.getElementById("main"))?.focus({ preventScroll: Boolean(button) });
  };

  // The browser's own way, with the button that was pressed.
  const plainly = (form, button) => {
    if (button?.name) {
      const field = document.createElement("input");
      Object.assign(field, { type: "hidden", name: button.name, value: button.value });
      form.append(field);
    }
    form.submit();
  };

  // A status region speaks when its text changes after it is in the page.
  const announce = () => {
    const notice = document.getElementById("notice");
    const text = notice?.textContent ?? "";
    if (!text) return;
    notice.textContent = "";
    requestAnimationFrame(() => { notice.textContent = text; });
  };

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.method !== "post") return;
    event.preventDefault();
    send(form, event.submitter).catch(() => plainly(form, event.submitter));
  });

  new EventSource("/live").addEventListener("change", soon);
})();
