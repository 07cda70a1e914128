// The screen on the wall: asks every second what is new, turns its parts with the arrow keys, and shows the clock. Nothing moves by itself.
const NEWS = 1_000, PATIENCE = 8_000;
const wall = document.getElementById("naytto");
const links = [...document.querySelectorAll("a[data-part]")];
const clock = document.querySelector("[data-clock]");
const state = document.querySelector(".wall-state");
let part = links.find((link) => link.hasAttribute("aria-current")).dataset.part;
let mark = wall.dataset.mark;
let timer, asked = 0;

function later(wait) {
  clearTimeout(timer);
  timer = setTimeout(ask, wait);
}

async function ask() {
  // A part that was turned meanwhile makes the answer to the former one too old.
  const number = ++asked;
  try {
    const answer = await fetch(`${wall.dataset.news}?osa=${part}`, {
      headers: { "If-None-Match": `"${mark}"` },
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
    const text = answer.ok ? await answer.text() : "";
    if (number !== asked) return;
    // The session has ended, or the screen is no longer this person's to open: nothing stays on the wall.
    if (answer.type === "opaqueredirect" || [403, 404].includes(answer.status)) return location.reload();
    if (answer.ok) {
      wall.innerHTML = text;
      mark = answer.headers.get("ETag").replaceAll('"', "");
    } else if (answer.status !== 304) throw new Error(String(answer.status));
    if (state.textContent) state.textContent = "";
  } catch {
    if (number !== asked) return;
    if (state.textContent !== state.dataset.broken) state.textContent = state.dataset.broken;
  }
  if (!document.hidden) later(NEWS);
}

function turn(link) {
  if (!link) return;
  part = link.dataset.part;
  for (const one of links) one.removeAttribute("aria-current");
  link.setAttribute("aria-current", "page");
  history.replaceState(null, "", link.href);
  mark = "";
  scrollTo(0, 0);
  later(0);
}

function step(by) {
  turn(links[links.findIndex((link) => link.dataset.part === part) + by]);
}

for (const link of links)
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey) return;
    event.preventDefault();
    turn(link);
  });

document.addEventListener("keydown", (event) => {
  if (event.altKey || event.ctrlKey || event.metaKey) return;
  const atEnd = Math.ceil(scrollY + innerHeight) >= document.documentElement.scrollHeight;
  const isSpace = event.key === " " && event.target === document.body;
  if (event.key === "ArrowRight" || ((event.key === "PageDown" || isSpace) && atEnd)) step(1);
  else if (event.key === "ArrowLeft" || (event.key === "PageUp" && scrollY === 0)) step(-1);
  else return;
  event.preventDefault();
});

document.addEventListener("visibilitychange", () => document.hidden || later(0));

function tick() {
  const now = new Date().toLocaleTimeString("fi-FI", { hour: "numeric", minute: "2-digit", timeZone: "Europe/Helsinki" });
  if (clock.textContent !== now) clock.textContent = now;
}
setInterval(tick, 1_000);
tick();
later(NEWS);
