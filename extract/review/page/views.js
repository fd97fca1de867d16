// The lists: articles, entities, candidates, decisions.
import { ask, button, chip, dialog, el, field, ko, labelFields, later, radios, say, select } from "./dom.js";
import { kindWord, labelWord, predicateWord, speech, t } from "./words.js";

const grouped = (number) => number.toLocaleString(speech.language === "ko" ? "ko-KR" : "en-GB");
const FORMATS = { gold: "JSONL", doccano: "Doccano", "label-studio": "Label Studio" };
const failed = (error) => say(error.message, true);

// A list that asks for more when it is wanted; `row` makes an element of each row.
function listing(path, parameters, holder, row, after = () => {}) {
  const count = el("p", { class: "count", role: "status" });
  const more = button(t("more"), () => load(false));
  let start = 0;
  let wanted = 0;
  async function load(anew) {
    const mine = ++wanted;
    if (anew) start = 0;
    const asked = new URLSearchParams({ ...parameters(), start });
    const found = await ask(`${path}?${asked}`).catch(failed);
    if (!found || mine !== wanted) return;
    if (anew) holder.replaceChildren();
    holder.append(...found.rows.map(row));
    start += found.rows.length;
    more.hidden = start >= found.total;
    count.textContent = found.total ? t("rows", { n: grouped(found.total) }) : t("noRows");
    after(found);
  }
  return { count, more, load };
}

function table(words, columns) {
  const body = el("tbody", {});
  const head = el("thead", {}, el("tr", {}, columns.map(([name, number]) => el("th", { scope: "col", class: number ? "number" : "" }, name))));
  return { body, node: el("table", { class: "rows" }, el("caption", {}, words), head, body) };
}
const cells = (columns, values) => el("tr", {}, values.map((value, at) =>
  el("td", { class: columns[at][1] ? "number" : "", "data-name": columns[at][0] }, value)));

export function articlesView() {
  const columns = [[t("title")], [t("published")], [t("source")], [t("mentions"), true], [t("decisions")]];
  const { node, body } = table(t("articles"), columns);
  const find = el("input", { type: "search", oninput: later(() => list.load(true)) });
  const list = listing("/api/articles", () => ({ find: find.value }), body, (row) => cells(columns, [
    el("a", { href: `#/article/${row.id}`, lang: "ko" }, row.title), row.published ?? "", ko(row.source), grouped(row.mentions),
    row.touched ? el("span", { class: "chip" }, t("touched")) : "",
  ]));
  list.load(true);
  return el("section", {}, el("h2", {}, t("articles")), el("div", { class: "tools" }, field(t("find"), find)), list.count, el("div", { class: "scroll" }, node), list.more);
}

export function entitiesView(state, done) {
  const columns = [[t("choose")], [t("name")], [t("label")], [t("nMentions"), true], [t("nArticles"), true]];
  const { node, body } = table(t("entities"), columns);
  const chosen = new Map();
  const merge = button("", () => mergeDialog([...chosen.values()], done), { class: "main" });
  const fits = () => {
    merge.hidden = chosen.size < 2;
    merge.textContent = t("merge", { n: chosen.size });
  };
  const find = el("input", { type: "search", oninput: later(() => list.load(true)) });
  const label = select([["", t("all")], ...state.names.map((name) => [name, labelWord(name)])], "", () => list.load(true));
  const list = listing("/api/entities", () => ({ find: find.value, label: label.value }), body, (row) => cells(columns, [
    el("input", {
      type: "checkbox", checked: chosen.has(row.entity_id), "aria-label": t("chooseNamed", { name: row.name }),
      onchange: (event) => {
        if (event.target.checked) chosen.set(row.entity_id, row);
        else chosen.delete(row.entity_id);
        fits();
      },
    }),
    el("span", {}, el("a", { href: `#/entity/${row.entity_id}`, lang: "ko" }, row.name), " ",
      ko([row.title, row.affiliation, ...row.aliases].filter(Boolean).join(" · "), "span", { class: "help" })),
    chip(row.label, row.subtype), grouped(row.n_mentions), grouped(row.n_articles),
  ]));
  fits();
  list.load(true);
  return el("section", {}, el("h2", {}, t("entities")),
    el("div", { class: "tools" }, field(t("find"), find), field(t("label"), label), merge), list.count, el("div", { class: "scroll" }, node), list.more);
}

function mergeDialog(rows, done) {
  const names = rows.map((row) => [row.entity_id, el("span", {}, ko(row.name), " ", chip(row.label), " ", ko([row.title, row.affiliation, ...row.aliases].filter(Boolean).join(" · "), "span", { class: "help" }))]);
  const into = radios(t("mergeInto"), "into", names, rows[0].entity_id);
  dialog(t("merge", { n: rows.length }), [into.node, el("p", { class: "help" }, t("mergeHelp"))], async () => {
    const kept = into.read();
    const entities = rows.map((row) => row.entity_id).filter((id) => id !== kept);
    done(await ask("/api/decide", { kind: "merge", into: kept, entities }));
  });
}

export function entityView(state, entity, done) {
  const names = [entity.name, ...entity.aliases];
  const boxes = names.map((name) => [name, el("input", { type: "checkbox", onchange: () => fits() })]);
  const split = button(t("split"), async () => {
    const forms = boxes.filter(([, box]) => box.checked).map(([name]) => name);
    await ask("/api/decide", { kind: "split", entity: entity.entity_id, forms }).then(done, failed);
  }, { class: "main" });
  const fits = () => {
    const n = boxes.filter(([, box]) => box.checked).length;
    split.disabled = n === 0 || n === names.length;
  };
  fits();
  const places = entity.places.map((place) => el("li", {},
    el("span", { lang: "ko" }, place.before.replaceAll("\n", " "), el("mark", { class: "key" }, place.text), place.after.replaceAll("\n", " ")),
    el("a", { href: `#/article/${place.article}/${place.start}-${place.end}` }, t("show"))));
  return el("section", {},
    el("p", { class: "path" }, el("a", { href: "#/entities" }, `← ${t("back")}`)),
    el("h2", { lang: "ko" }, entity.name), el("p", {}, chip(entity.label, entity.subtype), " ", ko([entity.title, entity.affiliation].filter(Boolean).join(" · "))),
    names.length > 1 ? [el("fieldset", { class: "choices" }, el("legend", {}, t("splitHelp")),
      boxes.map(([name, box]) => el("label", {}, box, ko(name)))), el("p", { class: "actions" }, split)] : "",
    el("h3", {}, `${t("places")} (${entity.places.length})`), el("ul", { class: "plain" }, places));
}

export function candidatesView(state, done) {
  const holder = el("div", {});
  const note = el("p", { role: "status" });
  const list = listing("/api/candidates", () => ({}), holder, (row) => offer(state, row, done), (found) => {
    note.textContent = found.state === "looking" ? t("looking") : found.problem;
    list.count.hidden = found.state !== "there";
    if (found.state === "looking") setTimeout(() => holder.isConnected && list.load(true), 1000);
  });
  list.load(true);
  return el("section", {}, el("h2", {}, t("candidates")), el("p", { class: "help" }, t("candidatesHelp")), note, list.count, holder, list.more);
}

// The sentence with the names marked wherever they stand, the longest first.
function marked(sentence, [name, ...others]) {
  if (!name) return [sentence];
  return sentence.split(name).flatMap((part, at) => [at ? el("mark", { class: "key" }, name) : "", ...marked(part, others)]);
}

function offer(state, row, done) {
  const names = [row.name, ...row.aliases].sort((a, b) => b.length - a.length);
  const name = el("input", { type: "text", value: row.name, lang: "ko" });
  const aliases = el("input", { type: "text", value: row.aliases.join("|"), lang: "ko" });
  const kinds = labelFields(state, state.names, row.label ?? "", row.subtype);
  const problem = el("p", { class: "bad", role: "alert" });
  const decide = async (decision) => {
    problem.textContent = "";
    const sent = { kind: "candidate", decision, ...kinds.read(), name: name.value, aliases: aliases.value, rule: row.rule };
    if (decision === "yes" && !sent.label) {
      problem.textContent = t("chooseLabel");
      return;
    }
    try {
      const said = await ask("/api/decide", sent);
      const next = box.nextElementSibling ?? box.previousElementSibling;
      box.remove();
      next?.querySelector("button")?.focus();
      done(said, true);
    } catch (error) {
      problem.textContent = error.message;
    }
  };
  const box = el("article", { class: "offer", "aria-label": row.name },
    el("h3", { lang: "ko" }, row.name), el("p", { class: "help" }, t("occurs", { n: grouped(row.count), m: grouped(row.articles) }), row.evidence ? ` · ${row.evidence}` : ""),
    el("ul", {}, row.examples.map((one) => el("li", { lang: "ko" }, marked(one, names)))),
    el("div", { class: "fields" }, kinds.nodes, field(t("name"), name), field(t("aliases"), aliases)), problem,
    el("p", { class: "actions" },
      button(t("take"), () => decide("yes"), { class: "main", "aria-label": t("takeNamed", { name: row.name }) }),
      button(t("refuse"), () => decide("no"), { "aria-label": t("refuseNamed", { name: row.name }) })));
  return box;
}

function about(asked) {
  const was = asked.was ?? {};
  if (was.predicate) return `${was.subject} ${predicateWord(was.predicate)} ${was.object}`;
  const label = asked.label && asked.label !== was.label ? `→ ${labelWord(asked.label)}` : "";
  const words = asked.words && asked.words !== was.text ? (was.text ? `→ ${asked.words}` : asked.words) : "";
  return [was.text ?? asked.name, words, (asked.forms ?? []).join(", "), label].filter(Boolean).join(" ");
}

export function decisionRow(row, done) {
  const what = `${kindWord(row.kind)} ${about(row.asked)}`.trim();
  const undo = () => ask("/api/undo", { number: row.number }).then((said) => done({ ...said, undone: true }), failed);
  return el("li", {},
    el("span", { class: row.undone ? "off" : "" }, el("span", { class: "chip" }, kindWord(row.kind)), " ",
      row.asked.article ? el("a", { href: `#/article/${row.asked.article}`, lang: "ko" }, about(row.asked) || row.said) : ko(about(row.asked) || row.said),
      " ", el("code", {}, row.said || row.files.join(", "))),
    row.undone ? el("span", { class: "help" }, t("undone")) : button(t("undo"), undo, { "aria-label": t("undoOf", { what }) }));
}

export function decisionsView(state, done) {
  const holder = el("ul", { class: "plain" });
  const list = listing("/api/decisions", () => ({}), holder, (row) => decisionRow(row, done));
  const all = el("input", { type: "checkbox" });
  const save = (format) => {
    const link = el("a", { href: `/api/export?format=${format}&all=${all.checked ? 1 : 0}`, download: "" });
    document.body.append(link);
    link.click();
    link.remove();
  };
  const file = el("input", { type: "file", accept: ".json,.jsonl", onchange: async () => {
    if (!file.files[0]) return;
    try {
      const said = await ask("/api/import", undefined, await file.files[0].arrayBuffer());
      done(said);
      say(t("brought", { n: said.count }));
    } catch (error) {
      failed(error);
    } finally {
      file.value = "";
    }
  } });
  list.load(true);
  return el("section", {}, el("h2", {}, t("decisions")), el("p", { class: "help" }, t("journalHelp")), list.count, holder, list.more,
    el("h3", {}, t("exchange")), el("p", { class: "help" }, t("exchangeHelp")), el("p", {}, el("label", { class: "check" }, all, el("span", {}, t("everything")))),
    el("p", { class: "actions" }, state.formats.map((format) => button(t("exportOf", { format: FORMATS[format] ?? format }), () => save(format)))), field(t("bring"), file));
}
