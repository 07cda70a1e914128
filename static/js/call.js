// What has been written is also kept when the page is left: closed, hidden by another, or gone with the telephone.
const form = document.querySelector("form[data-save]");
let sent = false;

const keep = () => {
  if (sent || !form) return;
  navigator.sendBeacon(form.dataset.save, new FormData(form));
};

form?.addEventListener("submit", () => {
  sent = true;
});
window.addEventListener("pagehide", keep);
// Back in a page that was put aside: what was kept meanwhile is newer than what the page remembers.
window.addEventListener("pageshow", (event) => event.persisted && location.reload());

// The number is looked for while it is typed; by POST, so that it stands in no address.
const phone = form?.querySelector("input[name='phone']");
let asked;
phone?.addEventListener("input", () => {
  clearTimeout(asked);
  asked = setTimeout(() => {
    window.htmx.ajax("POST", form.dataset.search, {
      target: "#numerosta",
      swap: "outerHTML",
      values: { phone: phone.value, csrfmiddlewaretoken: form.elements.csrfmiddlewaretoken.value },
    });
  }, 400);
});
