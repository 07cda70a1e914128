// Fields that save themselves while they are written. The page's own form works without this; here each change goes by itself,
// what others write comes into the fields that nobody touches, and when two have written in one field, both texts stand there
// and a person chooses. Nothing is put into the browser's storage: on a shared computer it would stay for the next one.
const SOON = 700, WAIT = 3_000, NEWS = 1_000, TRIES = 2_000, PATIENCE = 8_000, WRITING = 3_000, BETWEEN = ",";

const plain = (text) => text.replace(/\r\n?/g, "\n").trim();

// One field, whatever it is made of.
class Field {
  constructor(name, controls) {
    this.name = name;
    this.controls = controls;
    this.isChoice = controls[0].type === "radio" || controls[0].type === "checkbox";
    this.box = controls[0].closest(".field");
    this.base = this.value;
    this.clash = null;
  }

  get value() {
    if (!this.isChoice) return plain(this.controls[0].value);
    return this.controls.filter((one) => one.checked).map((one) => one.value).join(BETWEEN);
  }

  set value(text) {
    if (this.isChoice) {
      const chosen = text.split(BETWEEN);
      // Of one to be chosen, what the page suggests stands till somebody chooses.
      const isUnchosen = !text && this.controls[0].type === "radio";
      for (const one of this.controls) one.checked = isUnchosen ? one.defaultChecked : chosen.includes(one.value);
      return;
    }
    const area = this.controls[0];
    const at = document.activeElement === area ? area.selectionStart ?? null : null;
    area.value = text;
    if (at !== null) area.setSelectionRange(at, at);
  }

  get isDirty() {
    return !this.clash && this.value !== this.base;
  }

  // What a person reads of a value.
  words(text) {
    const [control] = this.controls;
    if (control.options) return [...control.options].find((one) => one.value === text)?.textContent.trim() ?? "";
    if (!this.isChoice) return text;
    const labels = this.controls
      .filter((one) => text.split(BETWEEN).includes(one.value))
      .map((one) => document.querySelector(`label[for="${one.id}"]`)?.textContent.trim());
    return labels.join(", ");
  }
}

// Rows of a form, such as a plan's measures: more of them come from the page's own template, one after another.
class Rows {
  constructor(form, template) {
    this.template = template;
    this.kind = template.dataset.rows;
    this.parts = template.dataset.parts.split(" ");
    this.total = form.elements[`${this.kind}-TOTAL_FORMS`];
    this.most = Number(form.elements[`${this.kind}-MAX_NUM_FORMS`].value);
    this.list = template.closest("fieldset").querySelector(".formset");
  }

  get count() {
    return Number(this.total.value);
  }

  // The names of the fields in one row.
  names(index) {
    return this.parts.map((part) => `${this.kind}-${index}-${part}`);
  }

  grow() {
    const index = this.count;
    const row = this.template.innerHTML.replaceAll("__prefix__", index).replaceAll("__number__", index + 1);
    this.list.insertAdjacentHTML("beforeend", row);
    this.total.value = index + 1;
    return index;
  }
}

// Both texts in one: what they begin and end with in common once, and between them the other's part and one's own.
export function merged(theirs, mine) {
  const a = theirs.split(/(?<=\s)/), b = mine.split(/(?<=\s)/);
  let start = 0, end = 0;
  while (start < Math.min(a.length, b.length) && a[start].trim() === b[start].trim()) start += 1;
  while (end < Math.min(a.length, b.length) - start && a.at(-1 - end).trim() === b.at(-1 - end).trim()) end += 1;
  const cut = (words) => words.slice(start, words.length - end).join("").trim();
  const parts = [a.slice(0, start).join("").trim(), cut(a), cut(b), a.slice(a.length - end).join("").trim()];
  return parts.filter(Boolean).join(theirs.includes("\n") || mine.includes("\n") ? "\n" : " ");
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.words = document.getElementById("autosave-words");
    this.status = document.getElementById("autosave-status");
    this.seen = form.elements.seen;
    this.marks = new Map(this.seen.value.split(" ").filter(Boolean).map((pair) => pair.split(":")));
    this.fields = new Map();
    for (const name of this.marks.keys()) this.adopt(name);
    this.rows = [...form.querySelectorAll("template[data-rows]")].map((template) => new Rows(form, template));
    for (const rows of this.rows) {
      for (let index = 0; index < rows.count; index += 1) this.adoptRow(rows, index);
      form.querySelector(`[data-adds=${rows.kind}]`).addEventListener("click", (event) => this.added(event, rows));
    }
    this.typedAt = this.typedSince = 0;
    this.isBroken = this.isOver = this.isLeaving = false;
    if (form.dataset.autosaveTyped) {
      // What was typed stands in the fields, unsaved: ask first what is saved.
      for (const field of this.fields.values()) {
        field.base = null;
        this.marks.set(field.name, "");
      }
    }
    form.addEventListener("input", (event) => this.noticed(event, SOON));
    form.addEventListener("change", (event) => this.noticed(event, 0));
    form.addEventListener("focusout", () => this.unsaved().length && this.soon(0));
    form.addEventListener("submit", (event) => this.submitted(event));
    window.addEventListener("online", () => this.soon(0));
    window.addEventListener("beforeunload", (event) => {
      if (!this.isLeaving && this.atRisk()) event.preventDefault();
    });
    window.addEventListener("pagehide", () => !this.isLeaving && this.unsaved().length && this.send({ keepalive: true }).catch(() => {}));
    document.addEventListener("visibilitychange", () => (document.hidden ? this.unsaved().length : true) && this.soon(0));
    this.soon(form.dataset.autosaveTyped ? 0 : NEWS);
  }

  adopt(name) {
    const found = this.form.elements[name];
    if (found) this.fields.set(name, new Field(name, found instanceof RadioNodeList ? [...found] : [found]));
  }

  // The fields of a row; of one that nobody has written yet, it is known that it is empty.
  adoptRow(rows, index) {
    for (const name of rows.names(index)) {
      if (!this.marks.has(name)) this.marks.set(name, rows.template.dataset.unwritten);
      if (!this.fields.has(name)) this.adopt(name);
    }
  }

  // At the most the server answers, in words.
  added(event, rows) {
    if (rows.count >= rows.most) return;
    event.preventDefault();
    const index = rows.grow();
    this.adoptRow(rows, index);
    this.fields.get(rows.names(index)[0]).controls[0].focus();
  }

  // Somebody else has begun a row that this page doesn't have yet.
  growTo(name) {
    const rows = this.rows.find(({ kind }) => name.startsWith(`${kind}-`));
    const index = Number(name.split("-")[1]);
    while (rows && rows.count <= index) this.adoptRow(rows, rows.grow());
  }

  unsaved() {
    return [...this.fields.values()].filter((field) => field.isDirty && field.base !== null);
  }

  atRisk() {
    return [...this.fields.values()].some((field) => field.clash || field.isDirty);
  }

  noticed(event, wait) {
    const field = this.fields.get(event.target.name);
    if (!field) return;
    const now = Date.now();
    this.typedAt = now;
    this.typedIn = field.name;
    this.typedSince ||= now;
    this.soon(Math.max(0, Math.min(wait, this.typedSince + WAIT - now)));
  }

  soon(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.sync(), wait);
  }

  // Save what is unsaved and hear the news; true when everything has been heard.
  async sync() {
    if (this.isClosed) return false;
    if (this.turn) {
      this.again = true;
      return this.turn;
    }
    clearTimeout(this.timer);
    this.turn = this.once();
    const went = await this.turn;
    this.turn = null;
    if (this.isClosed) return went;
    const hurry = this.again && this.unsaved().length;
    this.again = false;
    // A hidden page asks for no news; it comes back when it is looked at.
    if (hurry) this.soon(this.isBroken ? TRIES : 0);
    else if (this.isBroken || this.isOver) this.soon(TRIES);
    else if (!document.hidden || this.unsaved().length) this.soon(this.typedSince ? SOON : NEWS);
    return went;
  }

  async once() {
    const sent = new Map(this.unsaved().map((field) => [field.name, field.value]));
    let response;
    try {
      response = await this.send({ sent, signal: AbortSignal.timeout(PATIENCE) });
      const token = response.status === 403 && (await this.newToken());
      if (token) {
        response = await this.send({ sent, token, signal: AbortSignal.timeout(PATIENCE) });
        // Only a page of the same writer takes the new token into its form.
        if (response.ok) this.form.elements.csrfmiddlewaretoken.value = token;
      }
    } catch {
      return this.broke();
    }
    if (response.type === "opaqueredirect" || response.status === 403) return this.over();
    // 400: the session ended while this was being answered; the next try is told so.
    if (response.status >= 500 || [400, 429].includes(response.status)) return this.broke();
    if (!response.ok) {
      const said = response.status === 409 ? await response.json().catch(() => ({})) : {};
      return this.closed(said.closed);
    }
    let news;
    try {
      news = await response.json();
    } catch {
      return this.broke();
    }
    this.isBroken = this.isOver = false;
    this.hear(news, sent);
    return true;
  }

  send({ sent = new Map(this.unsaved().map((field) => [field.name, field.value])), token, ...how }) {
    const body = new URLSearchParams();
    body.set("csrfmiddlewaretoken", token ?? this.form.elements.csrfmiddlewaretoken.value);
    body.set("form_writer", this.form.elements.form_writer?.value ?? "");
    for (const [name, mark] of this.marks) body.set(`seen.${name}`, mark);
    for (const [name, value] of sent) body.set(`set.${name}`, value);
    if (Date.now() - this.typedAt < WRITING) body.set("writing", this.typedIn);
    return fetch(this.form.dataset.autosave, { method: "POST", body, redirect: "manual", ...how });
  }

  // Somebody has signed in again in another tab: the page's token is old, the new one is on a new page.
  async newToken() {
    const page = await fetch(location.href, { redirect: "manual" });
    if (!page.ok) return "";
    const there = new DOMParser().parseFromString(await page.text(), "text/html");
    return there.querySelector("form[data-autosave] [name=csrfmiddlewaretoken]")?.value ?? "";
  }

  hear({ fields, refused, writing }, sent) {
    for (const [name, told] of Object.entries(fields)) {
      if (!this.fields.has(name)) this.growTo(name);
      const field = this.fields.get(name);
      if (field) this.took(field, told, sent.get(name));
    }
    for (const [name, field] of this.fields) {
      this.note(field, "refused", refused[name] ?? "");
      this.note(field, "writing", writing[name] ? this.told("writing", writing[name]) : "");
    }
    this.seen.value = [...this.marks].map((pair) => pair.join(":")).join(" ");
    if (!this.unsaved().length) this.typedSince = 0;
    const clashes = [...this.fields.values()].some((field) => field.clash);
    if (clashes) this.say("clash");
    else if (Object.keys(refused).length) this.say("refused");
    else if (sent.size || this.wasBroken) this.say("saved", new Date().toLocaleTimeString("fi-FI", { hour: "2-digit", minute: "2-digit" }));
    this.wasBroken = false;
  }

  // What is saved in the field is now known.
  took(field, told, sent) {
    this.marks.set(field.name, told.seen);
    const isMine = sent !== undefined && plain(sent) === told.value;
    if (field.clash) {
      if (told.value === field.value) this.settle(field, told.value);
      else if (told.value !== field.clash.value) this.show(field, told);
      return;
    }
    // A choice that nobody has made yet stands as the page suggests it.
    if (field.base === null && (!told.value || told.value === field.value)) field.base = told.value;
    else if (isMine || told.value === field.value) field.base = told.value;
    else if (field.value === field.base) {
      field.value = told.value;
      field.base = field.value;
    } else this.show(field, told);
  }

  // Two have written in one field: both stand there until somebody chooses.
  show(field, told) {
    field.clash = told;
    field.panel?.remove();
    const panel = this.words.content.querySelector(".clash").cloneNode(true);
    panel.querySelector(".clash-who").textContent = told.by ? this.told("clashBy", told.by) : this.words.dataset.clashSomebody;
    panel.querySelector(".clash-text").textContent = field.words(told.value) || this.words.dataset.empty;
    const press = (kind, act) =>
      panel.querySelector(`[data-clash=${kind}]`).addEventListener("click", () => {
        act();
        field.controls[0].focus();
      });
    press("mine", () => this.settle(field, told.value));
    press("theirs", () => {
      field.value = told.value;
      this.settle(field, told.value);
    });
    if (field.isChoice) panel.querySelector("[data-clash=both]").remove();
    else
      press("both", () => {
        field.value = merged(told.value, field.value);
        this.settle(field, told.value);
      });
    field.panel = panel;
    field.box.append(panel);
  }

  settle(field, base) {
    field.panel?.remove();
    field.panel = field.clash = null;
    field.base = base;
    this.soon(0);
  }

  note(field, kind, text) {
    let line = field.box.querySelector(`.autosave-${kind}`);
    if (!text) return line?.remove();
    if (!line) {
      line = document.createElement("p");
      line.className = `autosave-${kind}`;
      field.box.append(line);
    }
    if (line.textContent !== text) line.textContent = text;
  }

  told(kind, what) {
    return this.words.dataset[kind].replace("%s", what);
  }

  say(kind, what = "") {
    const text = this.told(kind, what);
    this.status.hidden = false;
    this.status.dataset.kind = kind;
    if (this.status.textContent !== text) this.status.textContent = text;
  }

  broke() {
    this.isBroken = this.wasBroken = true;
    this.say("broken");
    return false;
  }

  over() {
    // The server is there: a press may go on to it, and what was typed waits there for its writer.
    this.isBroken = false;
    this.isOver = this.wasBroken = true;
    this.say("over");
    return false;
  }

  closed(sentence) {
    this.isClosed = true;
    this.say("closed", sentence ?? this.words.dataset.gone);
    return false;
  }

  // The whole page is sent only when the server is there to take it: a browser's own error page would lose the texts.
  async submitted(event) {
    if (this.isLeaving) return;
    event.preventDefault();
    const button = event.submitter;
    await this.sync();
    if (this.turn || this.unsaved().length) await this.sync();
    const clash = [...this.fields.values()].find((field) => field.clash);
    if (clash) return clash.panel.querySelector("button").focus();
    if (this.isBroken || (this.isClosed && this.atRisk())) return this.status.focus();
    this.isLeaving = true;
    clearTimeout(this.timer);
    this.isClosed = true;
    this.form.requestSubmit(button);
  }
}

for (const form of document.querySelectorAll("form[data-autosave]")) new Autosave(form);
