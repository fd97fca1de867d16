// Elements are made node by node and text is only ever text: nothing of the data is read as markup.
import { labelWord, speech, subtypeWord, t } from "./words.js";

export function el(name, properties, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else if (key === "class") node.className = value;
    else if (key in node) node[key] = value;
    else node.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children.flat(3)) {
    if (child !== undefined && child !== null && child !== false && child !== "") node.append(child);
  }
  return node;
}

export const ko = (text, name = "span", properties = {}) => (text ? el(name, { lang: "ko", ...properties }, text) : "");
export const button = (words, click, properties = {}) => el("button", { type: "button", onclick: click, ...properties }, words);
export const chip = (label, subtype) =>
  el("span", { class: `chip m-${label}` }, labelWord(label), subtype ? ` · ${subtypeWord(label, subtype)}` : "");

let named = 0;
export function field(words, control) {
  control.id ||= `field-${++named}`;
  return el("div", { class: "field" }, el("label", { htmlFor: control.id }, words), control);
}

export function select(choices, value, change = () => {}) {
  const node = el("select", {});
  for (const [key, words] of choices) node.append(el("option", { value: key, selected: key === value }, words));
  node.addEventListener("change", () => change(node.value));
  return node;
}

// Label and, depending on it, subtype: two fields whose values are read together.
export function labelFields(state, labels, label, subtype) {
  const kinds = el("span", { class: "inline" });
  const fill = (name, chosen) => {
    const known = state.labels[name] ?? [];
    kinds.replaceChildren(field(t("subtype"), select([["", t("none")], ...known.map((one) => [one, subtypeWord(name, one)])], chosen ?? "")));
    kinds.hidden = known.length === 0;
  };
  const choices = labels.map((one) => [one, labelWord(one)]);
  if (!labels.includes(label)) choices.unshift(["", t("choose")]);
  const main = select(choices, label ?? "", (name) => fill(name, ""));
  fill(label, subtype);
  return {
    nodes: [field(t("label"), main), kinds],
    read: () => ({ label: main.value, subtype: kinds.hidden ? "" : kinds.querySelector("select").value }),
    only: (allowed) => {
      for (const option of main.options) option.disabled = option.value !== "" && !allowed.includes(option.value);
      if (main.selectedOptions[0]?.disabled) main.value = [...main.options].find((one) => !one.disabled)?.value ?? "";
      fill(main.value, kinds.querySelector("select")?.value);
    },
  };
}

export function radios(words, name, choices, chosen, change = () => {}) {
  const group = el("fieldset", { class: "choices" }, el("legend", {}, words));
  for (const [value, shown] of choices) {
    const box = el("input", { type: "radio", name, value, checked: value === chosen, onchange: () => change(value) });
    group.append(el("label", {}, box, el("span", {}, shown)));
  }
  return { node: group, read: () => group.querySelector("input:checked:enabled")?.value ?? "" };
}

export function later(action, wait = 200) {
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), wait);
  };
}

export class Refused extends Error {}

export async function ask(path, sent, body) {
  const options = {};
  if (sent !== undefined || body !== undefined) {
    options.method = "POST";
    options.headers = { "Content-Type": body ? "application/octet-stream" : "application/json" };
    options.body = body ?? JSON.stringify(sent);
  }
  let answer;
  try {
    answer = await fetch(path, options);
  } catch {
    throw new Refused(t("lost"));
  }
  if (answer.ok) return answer.json();
  const words = answer.headers.get("content-type")?.includes("json") ? await answer.json() : { problem: await answer.text() };
  throw new Refused([words.where, words.problem, words.remedy].filter(Boolean).join(": "));
}

let silence;
export function say(words, bad = false) {
  const node = document.getElementById("said");
  node.classList.toggle("bad", bad);
  node.textContent = words;
  clearTimeout(silence);
  if (!bad) silence = setTimeout(() => { node.textContent = ""; }, 8000);
}

export function remember(name, value) {
  try {
    if (value === undefined) return localStorage.getItem(`extract-review-${name}`);
    localStorage.setItem(`extract-review-${name}`, value);
  } catch { /* a browser may store nothing */ }
  return null;
}

// A dialog with a form; `save` gives what to send, or throws what is wrong.
export function dialog(title, nodes, save, words = t("save")) {
  const box = document.getElementById("dialog");
  const problem = el("p", { class: "bad", role: "alert" });
  const send = el("button", { type: "submit", class: "main" }, words);
  const form = el("form", { method: "dialog" }, el("h2", { id: "dialog-title", lang: speech.language }, title), ...nodes, problem,
    el("p", { class: "actions" }, save ? send : "", button(save ? t("cancel") : t("close"), () => box.close())));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!save || send.disabled) return;
    send.disabled = true;
    problem.textContent = "";
    try {
      await save();
      box.close();
    } catch (error) {
      problem.textContent = error.message;
    } finally {
      send.disabled = false;
    }
  });
  box.setAttribute("aria-labelledby", "dialog-title");
  box.replaceChildren(form);
  box.showModal();
}
