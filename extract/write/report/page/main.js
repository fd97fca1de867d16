// Addresses: #/VIEW, #/article/ID, #/article/ID/START-END, #/entity/ID.
const VIEWS = {
  overview, articles: articlesView, entities: entitiesView, relations: relationsView, timeline: timelineView,
  map: mapView, figures: figuresView, quotes: quotesView,
};
const THEMES = ["auto", "light", "dark"];
const main = document.getElementById("main");
const made = new Map();
const scrolled = new Map();
let current = null;

const remember = (name, value) => {
  try {
    if (value === undefined) return localStorage.getItem(`extract-report-${name}`);
    localStorage.setItem(`extract-report-${name}`, value);
  } catch { /* a page from the disk may not store anything */ }
  return null;
};

function parsed() {
  const [, view = "", id, place] = location.hash.split("/");
  let name = null;
  try {
    name = id ? decodeURIComponent(id) : null;
  } catch { /* not an address of this page */ }
  if (view === "article" && name) return { key: `article/${name}/${place ?? ""}`, nav: "articles", make: () => articleView(name, /^\d+-\d+$/.test(place ?? "") ? place : null) };
  if (view === "entity" && name) return { key: `entity/${name}`, nav: "entities", make: () => entityView(name) };
  const known = Object.hasOwn(VIEWS, view) ? view : "overview";
  return { key: known, nav: known, keep: true, make: VIEWS[known] };
}

function show(first = false) {
  closeCard();
  if (current) scrolled.set(current, window.scrollY);
  const { key, nav, keep, make } = parsed();
  const node = made.get(key) ?? make();
  if (keep) made.set(key, node);
  current = key;
  main.replaceChildren(node);
  node.shown?.();
  for (const one of document.querySelectorAll("#nav a")) {
    if (one.dataset.view === nav) one.setAttribute("aria-current", "page");
    else one.removeAttribute("aria-current");
  }
  document.title = `${node.querySelector("h2")?.textContent ?? ""} – ${t("heading")}`;
  window.scrollTo(0, keep ? (scrolled.get(key) ?? 0) : 0);
  if (!first) main.focus({ preventScroll: true });
}

function forget() {
  for (const node of made.values()) node.gone?.();
  made.clear();
}

function theme(name) {
  if (name === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
  for (const graph of graphs) graph.style(graphStyle());
}

function words() {
  document.documentElement.lang = language;
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = t(node.dataset.word);
  const nav = document.getElementById("nav");
  nav.setAttribute("aria-label", t("views"));
  nav.replaceChildren(...Object.keys(VIEWS).map((view) => {
    const one = link(`#/${view}`, t(view));
    one.dataset.view = view;
    return one;
  }));
  const switches = document.getElementById("switches");
  switches.setAttribute("aria-label", t("settings"));
  const other = language === "ko" ? "en" : "ko";
  switches.replaceChildren(
    el("button", {
      type: "button", id: "language", lang: other,
      onclick: () => {
        language = other;
        remember("language", other);
        forget();
        words();
        show(true);
        document.getElementById("language").focus();
      },
    }, other === "en" ? "English" : "한국어"),
    field(t("theme"), select(THEMES.map((name) => [name, t(name)]), remember("theme") ?? "auto", (name) => {
      remember("theme", name);
      theme(name);
    })),
  );
}

window.addEventListener("hashchange", () => show());
window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => theme(document.documentElement.dataset.theme ?? "auto"));
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
if (remember("language") === "en") language = "en";
const saved = remember("theme");
theme(THEMES.includes(saved) ? saved : "auto");
words();
show(true);
document.documentElement.dataset.ready = "yes";
