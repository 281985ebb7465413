// <form data-module="form">: what a browser can do for a task form. The form works without any of it.
import "./form.css";

for (const form of document.querySelectorAll('form[data-module~="form"]')) {
  form.classList.add("is-live");
  followConditions(form);
  followSubmit(form);
  growTables(form);
  listFiles(form);
  searchCpv(form);
  if (form.dataset.autosave) saveDrafts(form);
}

// Fields with data-show-when='[{"field": "decision", "in": ["ask"]}]' show while every condition is met.
function followConditions(form) {
  const blocks = form.querySelectorAll("[data-show-when]");
  const update = () => {
    for (const block of blocks) {
      const conditions = JSON.parse(block.dataset.showWhen);
      block.hidden = !conditions.every((condition) => isMet(form, condition));
    }
  };
  form.addEventListener("change", update);
  update();
}

function isMet(form, condition) {
  const values = answersTo(form, condition.field);
  if (condition.in) return values.some((value) => condition.in.includes(value));
  return !values.some((value) => condition.notIn.includes(value));
}

// What is answered now; a hidden question counts as not answered, and no answer is "".
function answersTo(form, name) {
  const inputs = [...form.querySelectorAll(`[name="${CSS.escape(name)}"]`)].filter((input) => !input.closest("[hidden]"));
  const values = inputs.filter((input) => !/radio|checkbox/.test(input.type) || input.checked).map((input) => input.value);
  return values.length ? values : [""];
}

// The button and the line above it follow the answer that routes the process.
function followSubmit(form) {
  const box = form.querySelector("[data-submit-by]");
  if (!box) return;
  const labels = JSON.parse(box.dataset.labels);
  const thens = JSON.parse(box.dataset.thens);
  const update = () => {
    const [value] = answersTo(form, box.dataset.submitBy);
    box.querySelector("[data-submit]").textContent = labels[value] ?? box.dataset.label;
    const line = box.querySelector("[data-then]");
    line.textContent = thens[value] ?? "";
    line.hidden = !thens[value];
  };
  form.addEventListener("change", update);
  update();
}

function growTables(form) {
  form.addEventListener("click", (event) => {
    const add = event.target.closest("[data-add-row]");
    const remove = event.target.closest("[data-remove-row]");
    if (!add && !remove) return;
    event.preventDefault();
    if (add) addRow(add.closest("[data-table]"));
    else removeRow(remove.closest("[data-row]"));
    form.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

function addRow(table) {
  const rows = table.querySelector(".zf-rows");
  if (rows.children.length >= Number(table.dataset.max)) return;
  const next = 1 + Math.max(-1, ...[...rows.children].map((row) => Number(row.dataset.row)));
  const holder = document.createElement("div");
  holder.append(table.querySelector("template").content.cloneNode(true));
  for (const element of holder.querySelectorAll("*")) {
    for (const attribute of element.attributes) {
      if (attribute.value.includes("__row__")) attribute.value = attribute.value.replaceAll("__row__", next);
      else if (attribute.value.includes("--row--")) attribute.value = attribute.value.replaceAll("--row--", next);
    }
  }
  const row = holder.firstElementChild;
  row.querySelector("[data-row-title]").textContent += ` ${next + 1}`;
  rows.append(row);
  row.querySelector("input, select, textarea")?.focus();
}

function removeRow(row) {
  const table = row.closest("[data-table]");
  row.remove();
  table.querySelector("[data-add-row]").focus();
}

// Chosen files are listed by name; files may be dropped beside the button.
function listFiles(form) {
  for (const box of form.querySelectorAll("[data-files]")) {
    const input = box.querySelector('input[type="file"]');
    const show = () => {
      const names = [...input.files].map((file) => file.name);
      box.querySelector("ul").replaceChildren(...(names.length ? names : [box.dataset.none]).map(item));
    };
    input.addEventListener("change", show);
    for (const kind of ["dragenter", "dragover"]) {
      box.addEventListener(kind, (event) => {
        event.preventDefault();
        box.classList.add("is-over");
      });
    }
    for (const kind of ["dragleave", "drop"]) box.addEventListener(kind, () => box.classList.remove("is-over"));
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      input.files = event.dataTransfer.files;
      show();
    });
    show();
  }
}

function item(text) {
  return Object.assign(document.createElement("li"), { textContent: text });
}

// <input data-cpv="/cpv">: offers codes for what is typed, by code or by word.
function searchCpv(form) {
  form.addEventListener("input", (event) => {
    const input = event.target.closest("[data-cpv]");
    if (!input || input.value.trim().length < 2) return;
    clearTimeout(input.waiting);
    input.waiting = setTimeout(() => offerCodes(input), 250);
  });
}

async function offerCodes(input) {
  const typed = input.value.trim();
  const answer = await fetch(`${input.dataset.cpv}?q=${encodeURIComponent(typed)}`, { headers: { Accept: "application/json" } });
  if (!answer.ok || input.value.trim() !== typed) return;
  const codes = await answer.json();
  listFor(input).replaceChildren(
    ...codes.map(({ code, label }) => Object.assign(document.createElement("option"), { value: code, label: `${code} ${label}` })),
  );
}

function listFor(input) {
  if (input.list) return input.list;
  const list = document.createElement("datalist");
  list.id = `${input.id}-codes`;
  input.after(list);
  input.setAttribute("list", list.id);
  return list;
}

// What is typed is kept as a draft a moment after the last key; files are left for the button.
function saveDrafts(form) {
  const status = form.querySelector("[data-autosave-status]");
  let waiting;
  const save = async () => {
    const fields = new URLSearchParams([...new FormData(form)].filter(([, value]) => typeof value === "string"));
    fields.set("_draft", "true");
    const answer = await fetch(form.dataset.autosave, { method: "POST", body: fields, headers: { Accept: "application/json" } }).catch(() => null);
    const time = new Date().toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
    status.textContent = answer?.ok ? form.dataset.saved.replace("{time}", time) : form.dataset.notSaved;
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(save, 1500);
  });
  form.addEventListener("submit", () => clearTimeout(waiting));
}
