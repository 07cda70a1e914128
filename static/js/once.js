// A form goes once: a second press of the same button within a moment is swallowed. No button is ever disabled, and after five
// seconds, or when the page comes back with the back button, the form can be sent again.
const PAUSE = 5_000;
const sent = new WeakMap();

const release = (form) => {
  sent.delete(form);
  for (const button of form.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
};

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  const before = sent.get(form);
  if (before && before.button === event.submitter && Date.now() - before.at < PAUSE) {
    event.preventDefault();
    return;
  }
  sent.set(form, { at: Date.now(), button: event.submitter });
  event.submitter?.setAttribute("aria-busy", "true");
  setTimeout(() => release(form), PAUSE);
});

window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  for (const form of document.forms) release(form);
});

document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.target.closest?.("form");
  if (form) release(form);
});
