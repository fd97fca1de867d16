// An article: its text with what was found, and the dialogs that correct it.
// Offsets are code points, as in the tables; JavaScript counts otherwise, so texts are cut from arrays of code points.
import { ask, button, chip, dialog, el, field, ko, labelFields, radios, say, select } from "./dom.js";
import { labelWord, predicateWord, t } from "./words.js";

const letters = (text) => Array.from(text);

// One article at a time: what its dialogs need.
export function articleView(state, article, place, done) {
  const points = letters(article.text);
  const cut = (start, end) => points.slice(start, end).join("");
  const send = async (sent) => done(await ask("/api/decide", { article: article.id, ...sent }));
  const shown = textOf(article, cut, place, (mention, reject) => mentionDialog({ state, article, cut, points, mention, send, reject }));
  const offer = el("div", { class: "selected", hidden: true });
  const add = (span) => addDialog({ state, article, cut, points, span, send });
  const watch = () => {
    if (!shown.isConnected) return document.removeEventListener("selectionchange", watch);
    const span = selected(shown, article.text);
    offer.hidden = !span;
    if (!span) return;
    const text = cut(...span);
    offer.replaceChildren(button(t("addSelected", { text: text.length > 30 ? `${text.slice(0, 30)}…` : text }), () => add(span), { class: "main", lang: "ko" }));
  };
  document.addEventListener("selectionchange", watch);
  const relations = article.relations.map((row) => {
    const off = article.refused.some((one) => one.subject === row.subject && one.predicate === row.predicate && one.object === row.object);
    const words = [ko(row.subject), " ", el("span", { class: "chip" }, predicateWord(row.predicate)), " ", ko(row.object)];
    const name = `${t("wrong")}: ${row.subject} ${predicateWord(row.predicate)} ${row.object}`;
    return el("li", {}, el("span", { class: off ? "off" : "" }, words),
      off ? t("refused") : button(t("wrong"), () => relationDialog(row, send), { "aria-label": name }));
  });
  return el("section", { class: "article" },
    el("p", { class: "path" }, el("a", { href: "#/articles" }, `← ${t("back")}`),
      article.before ? el("a", { href: `#/article/${article.before}` }, t("previous")) : "",
      article.after ? el("a", { href: `#/article/${article.after}` }, t("next")) : ""),
    el("h2", { lang: "ko" }, article.title ?? cut(0, 40)),
    el("p", { class: "where", lang: "ko" }, [article.source, article.published].filter(Boolean).join(" · ")),
    el("p", { class: "help" }, t("textHelp")), shown, offer,
    el("p", { class: "actions" }, button(t("addName"), () => add(null)),
      button(t("checked"), () => send({ kind: "checked" }).catch((error) => say(error.message, true)), { title: t("checkedHelp") })),
    relations.length ? [el("h3", {}, `${t("relations")} (${relations.length})`), el("ul", { class: "plain relations" }, relations)] : "");
}

function textOf(article, cut, place, open) {
  const box = el("div", { class: "text", lang: "ko" });
  const mentions = (article.here ?? article.mentions).map((one) => ({ ...one }));
  const found = new Map(article.mentions.map((one) => [`${one.start}-${one.end}`, one]));
  let at = 0;
  const marks = [];
  const sections = article.sentences.filter((one) => one.section !== "body");
  const plain = (start, end) => {
    const parts = [];
    let from = start;
    for (const one of sections) {
      if (one.end <= from || one.start >= end) continue;
      if (one.start > from) parts.push(cut(from, one.start));
      const stop = Math.min(one.end, end);
      parts.push(el("span", { class: `in-${one.section}` }, cut(Math.max(one.start, from), stop)));
      from = stop;
    }
    if (from < end) parts.push(cut(from, end));
    return parts;
  };
  for (const mention of mentions) {
    if (mention.start < at) continue;
    box.append(...plain(at, mention.start));
    const real = found.get(`${mention.start}-${mention.end}`);
    const here = article.here && (!real || mention.sure);
    const mark = el("span", {
      class: `m m-${mention.label}${here ? " here" : ""}`, role: "button", tabindex: "0",
      "aria-label": `${cut(mention.start, mention.end)}: ${labelWord(mention.label)}`,
      onclick: () => { if (real && !String(getSelection())) open(real, false); },
      onkeydown: (event) => {
        if (event.key === "Enter" || event.key === " ") real && open(real, false);
        else if (event.key === "Delete" && real) open(real, true);
        else if (event.key === "ArrowRight") marks[marks.indexOf(mark) + 1]?.focus();
        else if (event.key === "ArrowLeft") marks[marks.indexOf(mark) - 1]?.focus();
        else return;
        event.preventDefault();
      },
    }, cut(mention.start, mention.end));
    if (place && mention.start === place[0]) mark.classList.add("goal");
    marks.push(mark);
    box.append(mark);
    at = mention.end;
  }
  box.append(...plain(at, letters(article.text).length));
  return box;
}

// The code points that are selected in the text, without blanks at the ends; null where none are.
function selected(box, text) {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  if (!box.contains(range.startContainer) || !box.contains(range.endContainer)) return null;
  const before = range.cloneRange();
  before.selectNodeContents(box);
  before.setEnd(range.startContainer, range.startOffset);
  const chosen = range.toString();
  const start = letters(before.toString()).length + letters(chosen).length - letters(chosen.trimStart()).length;
  const length = letters(chosen.trim()).length;
  return length ? [start, start + length] : null;
}

const scopes = () => [["all", t("everywhere")], ["here", t("here")]];

function addDialog({ state, article, cut, points, span, send }) {
  const words = el("input", { type: "text", value: span ? cut(...span) : "", readOnly: Boolean(span), required: true, lang: "ko" });
  const others = el("input", { type: "text", lang: "ko" });
  const kinds = labelFields(state, Object.keys(state.labels), "ORG", "");
  const guards = [["", t("guardFree")], ["proper", t("guardProper")], ["context", t("guardContext")]];
  const guard = select(guards, "");
  const known = Object.entries(article.entities);
  const entity = select([["", t("own")], ...known.map(([id, name]) => [id, name])], "", (id) => fits(id));
  const more = el("div", { class: "fields" }, kinds.nodes, field(t("aliases"), others), field(t("guard"), guard));
  const fits = (id) => { more.hidden = Boolean(id); };
  const scope = radios(t("whereTo"), "scope", scopes(), "all", (value) => {
    kinds.only(value === "here" ? Object.keys(state.labels) : state.names);
    const here = value === "here";
    others.parentElement.hidden = guard.parentElement.hidden = entity.parentElement.hidden = here;
    if (here) entity.value = "";
    fits(entity.value);
  });
  kinds.only(state.names);
  const alias = field(t("aliasOf"), entity);
  dialog(t("addName"), [
    field(t("words"), words), scope.node, known.length ? alias : "", more,
  ], async () => {
    let [start, end] = span ?? [-1, -1];
    if (!span) {
      const at = article.text.indexOf(words.value.trim());
      if (at < 0 || !words.value.trim()) throw new Error(t("notInText"));
      start = letters(article.text.slice(0, at)).length;
      end = start + letters(words.value.trim()).length;
    }
    getSelection().removeAllRanges();
    const sent = { kind: "add", scope: scope.read(), start, end, ...kinds.read() };
    if (sent.scope === "here") await send(sent);
    else await send({ ...sent, entity: entity.value, guard: guard.value, aliases: others.value.split("|").map((one) => one.trim()).filter(Boolean) });
  });
}

function mentionDialog({ state, article, cut, points, mention, send, reject }) {
  const isName = state.names.includes(mention.label);
  const kinds = labelFields(state, Object.keys(state.labels), mention.label, mention.subtype);
  let { start, end } = mention;
  const preview = el("p", { class: "preview", lang: "ko", "aria-live": "polite" });
  const draw = () => preview.replaceChildren(
    cut(Math.max(0, start - 25), start).replaceAll("\n", " "), el("mark", {}, cut(start, end)), cut(end, end + 25).replaceAll("\n", " "));
  const nudge = (words, from, to) => button(words, () => {
    if (start + from < 0 || end + to > points.length || start + from >= end + to) return;
    start += from;
    end += to;
    draw();
  });
  draw();
  const before = el("input", { type: "text", lang: "ko", value: (cut(Math.max(0, mention.start - 12), mention.start).trimEnd().match(/[\p{L}\p{N}]+$/u) ?? [""])[0].slice(-6) });
  const after = el("input", { type: "text", lang: "ko", value: (cut(mention.end, mention.end + 12).trimStart().match(/^[\p{L}\p{N}]+/u) ?? [""])[0].slice(0, 6) });
  const parts = {
    label: el("div", { class: "fields" }, kinds.nodes),
    span: el("div", {}, el("div", { class: "nudge" }, nudge(t("startLess"), -1, 0), nudge(t("startMore"), 1, 0), nudge(t("endLess"), 0, -1), nudge(t("endMore"), 0, 1))),
    reject: el("div", { class: "fields" }, field(t("before"), before), field(t("after"), after)),
  };
  const scope = radios(t("whereTo"), "scope", [["all", t("everywhere")], ["context", t("beside")], ["here", t("here")]], "all", () => fits());
  const action = radios(t("whatToDo"), "action", [["label", t("doLabel")], ["span", t("doSpan")], ["reject", t("doReject")]], reject ? "reject" : "label", () => fits());
  const fits = () => {
    const doing = action.read();
    for (const [name, node] of Object.entries(parts)) node.hidden = name !== doing;
    const [all, context, here] = scope.node.querySelectorAll("input");
    context.parentElement.hidden = context.disabled = doing !== "reject";
    all.disabled = doing === "span" && !isName;
    if (!scope.read()) (all.disabled ? here : all).checked = true;
    before.disabled = after.disabled = scope.read() !== "context";
    parts.reject.hidden = doing !== "reject" || scope.read() !== "context";
    kinds.only(scope.read() === "here" ? Object.keys(state.labels) : state.names);
  };
  fits();
  const name = article.entities[mention.entity_id];
  dialog(`${t("correct")}: ${mention.text}`, [
    preview,
    el("p", { class: "help" }, chip(mention.label, mention.subtype), " ",
      name ? el("a", { href: `#/entity/${mention.entity_id}`, lang: "ko", onclick: () => document.getElementById("dialog").close() }, name) : "",
      mention.rule ? [" ", el("code", {}, mention.rule)] : ""),
    action.node, parts.label, parts.span, scope.node, parts.reject,
  ], () => {
    const kind = action.read();
    const sent = { kind, scope: scope.read(), mention: mention.mention_id };
    if (kind === "label") Object.assign(sent, kinds.read());
    if (kind === "span") Object.assign(sent, { start, end });
    if (kind === "reject" && sent.scope === "context") Object.assign(sent, { before: before.value, after: after.value });
    return send(sent);
  });
}

function relationDialog(row, send) {
  const scope = radios(t("whereTo"), "scope", scopes(), "all");
  dialog(t("wrongRelation"), [
    el("p", { class: "preview" }, ko(row.subject), " ", el("span", { class: "chip" }, predicateWord(row.predicate)), " ", ko(row.object)),
    scope.node,
  ], () => send({ kind: "relation", scope: scope.read(), relation: row.relation_id }));
}
