// Runs on every page. Everything here is a kindness on top: the page works without it.

// After an error the reader lands on the summary, and its links put the cursor in the field.
const summary = document.querySelector(".error-summary");
summary?.focus();
summary?.addEventListener("click", (event) => {
  const link = event.target.closest("a[href^='#']");
  const field = link && document.getElementById(link.hash.slice(1));
  if (!field) return;
  event.preventDefault();
  field.scrollIntoView({ block: "center" });
  field.focus({ preventScroll: true });
});

// A menu made of <details> closes with Escape and when the reader goes elsewhere.
for (const menu of document.querySelectorAll("details.account")) {
  const close = () => menu.removeAttribute("open");
  document.addEventListener("click", (event) => menu.contains(event.target) || close());
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    menu.querySelector("summary").focus();
  });
}
