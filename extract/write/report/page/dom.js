// Elements are made node by node and text is only ever text: nothing of the data is read as markup.
const SVG = "http://www.w3.org/2000/svg";

function set(node, properties) {
  for (const [name, value] of Object.entries(properties ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.setAttribute("class", value);
    else if (name in node && name !== "list" && !(node instanceof SVGElement)) node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  return node;
}

function add(node, children) {
  for (const child of children.flat(2)) {
    if (child === undefined || child === null || child === false || child === "") continue;
    node.append(child);
  }
  return node;
}

const el = (name, properties, ...children) => add(set(document.createElement(name), properties), children);
const svg = (name, properties, ...children) => add(set(document.createElementNS(SVG, name), properties), children);

// Data are Korean whatever the language of the page.
const ko = (text, name = "span", properties = {}) => (text ? el(name, { lang: "ko", ...properties }, text) : "");

const link = (to, ...children) => el("a", { href: to }, ...children);
const chip = (label, subtype) =>
  el("span", { class: `chip m-${label}` }, labelWord(label), subtype ? ` · ${subtypeWord(label, subtype)}` : "");

const toArticle = (a, start, end) =>
  `#/article/${encodeURIComponent(ARTICLES[a].id)}${start === undefined ? "" : `/${start}-${end}`}`;
const toEntity = (e) => `#/entity/${encodeURIComponent(ENTITIES[e].id)}`;
const entityLink = (e, name) => (e >= 0 ? el("a", { href: toEntity(e), lang: "ko" }, name ?? ENTITIES[e].name) : ko(name));
const articleName = (a) => ARTICLES[a].title ?? ARTICLES[a].caption ?? ARTICLES[a].source;
const articleLink = (a, start, end) => el("a", { href: toArticle(a, start, end), lang: "ko" }, articleName(a));

let named = 0;
function field(words, control) {
  control.id ||= `field-${++named}`;
  return el("div", { class: "field" }, el("label", { htmlFor: control.id }, words), control);
}

function select(choices, value, change) {
  const node = el("select", { onchange: () => change(node.value) });
  for (const [key, words] of choices) node.append(el("option", { value: key, selected: key === value }, words));
  return node;
}

function later(action, wait = 150) {
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => action(...values), wait);
  };
}
