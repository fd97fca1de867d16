// Addresses: #/articles, #/article/ID, #/article/ID/START-END, #/entities, #/entity/ID, #/candidates, #/decisions.
import { ask, button, el, field, remember, say, select } from "./dom.js";
import { articleView } from "./text.js";
import { articlesView, candidatesView, decisionRow, decisionsView, entitiesView, entityView } from "./views.js";
import { speech, t } from "./words.js";

const NAV = ["articles", "entities", "candidates", "decisions"];
const THEMES = ["auto", "light", "dark"];
const main = document.getElementById("main");
let state;
let drawn = 0;

history.replaceState(null, "", `/${location.hash}`); // the token leaves the address

async function viewOf(view, id, place) {
  if (view === "article" && id) {
    const article = await ask(`/api/articles/${encodeURIComponent(id)}`);
    const span = /^\d+-\d+$/.test(place ?? "") ? place.split("-").map(Number) : null;
    const node = articleView(state, article, span, done);
    if (article.decisions.length) {
      node.append(el("h3", {}, `${t("decisionsHere")} (${article.decisions.length})`),
        el("ul", { class: "plain" }, article.decisions.map((row) => decisionRow(row, done))));
    }
    return { node, nav: "articles" };
  }
  if (view === "entity" && id) return { node: entityView(state, await ask(`/api/entities/${encodeURIComponent(id)}`), done), nav: "entities" };
  if (view === "entities") return { node: entitiesView(state, done), nav: view };
  if (view === "candidates") return { node: candidatesView(state, done), nav: view };
  if (view === "decisions") return { node: decisionsView(state, done), nav: view };
  return { node: articlesView(), nav: "articles" };
}

async function show(keep = false) {
  const [, view = "", id, place] = location.hash.split("/");
  const mine = ++drawn;
  const top = window.scrollY;
  let made;
  try {
    made = await viewOf(view, id && decodeURIComponent(id), place);
  } catch (error) {
    made = { node: el("section", {}, el("h2", {}, t("notFound")), el("p", {}, error.message)), nav: "" };
  }
  if (mine !== drawn) return;
  main.replaceChildren(made.node);
  for (const one of document.querySelectorAll("#nav a")) {
    if (one.dataset.view === made.nav) one.setAttribute("aria-current", "page");
    else one.removeAttribute("aria-current");
  }
  document.title = `${made.node.querySelector("h2")?.textContent ?? ""} – ${t("heading")}`;
  const goal = made.node.querySelector(".goal");
  if (goal && !keep) goal.scrollIntoView({ block: "center" });
  else window.scrollTo(0, keep ? top : 0);
  document.documentElement.dataset.view = location.hash;
}

// After a decision: the page shows what it is now. `stay` where the list has seen to it itself.
async function done(said, stay = false) {
  const files = said.files.join(", ");
  const notices = (said.notices ?? []).join(" ");
  say([said.undone ? t("undoneSaid", { files }) : t("saved", { files }), notices].filter(Boolean).join(" "));
  state = await ask("/api/state");
  bar();
  if (!stay) await show(true);
}

function bar(told = "") {
  const words = told || (state.waiting ? t("waiting", { n: state.waiting }) : t("nothingWaits"));
  document.getElementById("bar").replaceChildren(
    el("p", { id: "waiting" }, words),
    button(t("rerun"), rerun, { id: "rerun", class: state.waiting ? "main" : "", disabled: Boolean(told) }));
}

async function rerun() {
  try {
    let run = await ask("/api/rerun", {});
    while (run.running) {
      bar(t("running", { told: run.told.at(-1) ?? "" }));
      await new Promise((resolve) => setTimeout(resolve, 500));
      run = await ask("/api/run");
    }
    state = await ask("/api/state");
    bar();
    await show(true);
    if (run.code > 1) say(t("runFailed", { told: run.told.at(-1) ?? "" }), true);
    else say(t("ran"));
  } catch (error) {
    bar();
    say(error.message, true);
  }
}

function theme(name) {
  if (name === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = name;
}

function words() {
  document.documentElement.lang = speech.language;
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = t(node.dataset.word);
  const nav = document.getElementById("nav");
  nav.setAttribute("aria-label", t("views"));
  nav.replaceChildren(...NAV.map((view) => el("a", { href: `#/${view}`, "data-view": view }, t(view))));
  const switches = document.getElementById("switches");
  switches.setAttribute("aria-label", t("settings"));
  const other = speech.language === "ko" ? "en" : "ko";
  switches.replaceChildren(
    button(other === "en" ? "English" : "한국어", async () => {
      speech.language = other;
      remember("language", other);
      words();
      bar();
      await show(true);
      document.getElementById("language").focus();
    }, { id: "language", lang: other }),
    field(t("theme"), select(THEMES.map((name) => [name, t(name)]), remember("theme") ?? "auto", (name) => {
      remember("theme", name);
      theme(name);
    })));
}

window.addEventListener("hashchange", () => say("") ?? show().then(() => main.focus({ preventScroll: true })));
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  main.focus();
});
if (remember("language") === "en") speech.language = "en";
const saved = remember("theme");
theme(THEMES.includes(saved) ? saved : "auto");
try {
  state = await ask("/api/state");
  speech.types = state.types;
  words();
  bar();
  await show();
  if (state.repaired) say(t("repaired"));
} catch (error) {
  main.replaceChildren(el("p", { class: "bad" }, error.message));
}
document.documentElement.dataset.ready = "yes";
