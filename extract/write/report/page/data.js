// The data of the page as objects; the texts come with it or, for large runs, in files beside it.
const DATA = JSON.parse(document.getElementById("data").textContent);
const TYPES = DATA.types;
const { labels: LABELS, predicates: PREDICATES, eventTypes: EVENT_TYPES, sections: SECTIONS } = DATA.names;
const word = (at) => (at < 0 ? null : DATA.strings[at]);

const ARTICLES = DATA.articles.map((row) => {
  const [id, title, kind, source, position, published, publishedFrom, caption, nChars, nSentences, nMentions, nRelations, inputId] = row;
  return { id, title, kind, source, position, published, publishedFrom, caption, nChars, nSentences, nMentions, nRelations, inputId };
});
const ENTITIES = DATA.entities.map((row, at) => {
  const [id, label, subtype, name, aliases, title, affiliation, country, city, wikidata, latitude, longitude, nMentions, nArticles] = row;
  return {
    at, id, label: LABELS[label], subtype: word(subtype), name, aliases, title, affiliation, country, city,
    wikidata, latitude, longitude, nMentions, nArticles,
  };
});
const RELATIONS = DATA.relations.map(([article, start, end, subjectAt, subject, predicate, objectAt, object, date, place, rule, score], at) => (
  { at, article, start, end, subjectAt, subject, predicate: PREDICATES[predicate], objectAt, object, date, place, rule: word(rule), score }));
const EVENTS = DATA.events.map(([article, start, end, type, trigger, name, from, to, placeAt, place, hosts, people, participants, rule]) => (
  { article, start, end, type: EVENT_TYPES[type], trigger, name, from, to, placeAt, place, hosts, people, participants, rule: word(rule) }));
const DATES = DATA.dates.map(([article, start, end, text, type, from, to, grain, timex]) => (
  { article, start, end, text, type: word(type), from, to, grain, timex }));
const FIGURES = DATA.figures.map(([article, start, end, text, type, value, low, high, unit, currency, counted, approximate]) => (
  { article, start, end, text, type: word(type), value, low, high, unit, currency, counted, approximate }));
const QUOTES = DATA.quotes.map(([article, start, end, text, speakerAt, speaker, cue, kind]) => (
  { article, start, end, text, speakerAt, speaker, cue, kind: word(kind) }));
const ERRORS = DATA.errors.map(([source, position, stage, error, message]) => ({ source, position, stage, error, message }));

const articleAt = new Map(ARTICLES.map((article, at) => [article.id, at]));
const entityAt = new Map(ENTITIES.map((entity, at) => [entity.id, at]));

const indexes = new Map();
// The rows of a list by article, worked out when first asked for.
function ofArticle(rows, a) {
  if (!indexes.has(rows)) {
    const found = new Map();
    for (const row of rows) {
      if (!found.has(row.article)) found.set(row.article, []);
      found.get(row.article).push(row);
    }
    indexes.set(rows, found);
  }
  return indexes.get(rows).get(a) ?? [];
}

const parts = new Map();
const waiting = new Map();
const SPLIT = DATA.folder !== null;

function partOf(a) {
  let low = 0;
  for (let high = DATA.starts.length; high - low > 1; ) {
    const middle = (low + high) >> 1;
    if (DATA.starts[middle] <= a) low = middle;
    else high = middle;
  }
  return low;
}

function body(a, part) {
  const [text, sentences, mentions] = part.bodies[a - part.first];
  const string = (at) => (at < 0 ? null : part.strings[at]);
  return {
    text,
    get sentences() {
      const found = [];
      for (let i = 0; i < sentences.length; i += 3) {
        found.push({ start: sentences[i], end: sentences[i + 1], section: SECTIONS[sentences[i + 2]] });
      }
      return found;
    },
    get mentions() {
      const found = [];
      for (let i = 0; i < mentions.length; i += 8) found.push(this.mention(i / 8));
      return found;
    },
    mention(number) {
      const [start, end, label, entity, subtype, value, rule, score] = mentions.slice(number * 8, number * 8 + 8);
      return {
        start, end, label: LABELS[label], entity, subtype: string(subtype), value: string(value),
        rule: string(rule), score: score / 100,
      };
    },
    sentenceAt(offset) {
      let low = 0;
      let high = sentences.length / 3;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (sentences[middle * 3 + 1] <= offset) low = middle + 1;
        else high = middle;
      }
      const found = low * 3 < sentences.length && sentences[low * 3] <= offset;
      return found ? [sentences[low * 3], sentences[low * 3 + 1]] : [offset, offset];
    },
  };
}

// The text of an article with its sentences and mentions, or null while its part is not there.
function bodyNow(a) {
  const part = parts.get(partOf(a));
  return part ? body(a, part) : null;
}

function bodyOf(a) {
  const number = partOf(a);
  if (parts.has(number)) return Promise.resolve(body(a, parts.get(number)));
  if (!waiting.has(number)) {
    waiting.set(number, new Promise((resolve, reject) => {
      const file = `${DATA.folder}/part-${String(number).padStart(4, "0")}.js`;
      const script = document.createElement("script");
      script.src = trusted(file);
      script.onload = () => (parts.has(number) ? resolve() : reject(new Error(t("lostPart", { file }))));
      script.onerror = () => {
        waiting.delete(number);
        reject(new Error(t("lostPart", { file })));
      };
      document.head.append(script);
    }));
  }
  return waiting.get(number).then(() => body(a, parts.get(number)));
}

let policy = null;
// Only the names that this page makes itself ever become the address of a script.
function trusted(file) {
  const checked = (name) => {
    if (!/^report_data\/part-\d{4,}\.js$/.test(name)) throw new TypeError(name);
    return name;
  };
  if (!window.trustedTypes) return checked(file);
  policy ??= window.trustedTypes.createPolicy("extract", { createScriptURL: checked });
  return policy.createScriptURL(file);
}

const inlinePart = JSON.parse(document.getElementById("part").textContent);
if (inlinePart) parts.set(0, inlinePart);
else window.extractReportPart = (number, part) => parts.set(number, part);

// A node that shows `make(body)`: at once, or when the text has come.
function whenRead(a, make) {
  const now = bodyNow(a);
  if (now) return make(now);
  const node = el("span", { class: "waiting" }, t("loading"));
  bodyOf(a).then((found) => node.replaceWith(make(found)), (error) => (node.textContent = error.message));
  return node;
}

// The words around a place in the text, the place itself marked and linked.
function inContext(a, start, end, { reach = 60, whole = false } = {}) {
  return whenRead(a, ({ text, sentenceAt }) => {
    let [from, to] = sentenceAt(start);
    if (to < end) to = end;
    const left = whole ? from : Math.max(from, start - reach);
    const right = whole ? to : Math.min(to, end + reach);
    return el(
      "span", { class: "kwic", lang: "ko" },
      left > from ? "…" : "", text.slice(left, start),
      el("a", { href: toArticle(a, start, end), class: "key" }, text.slice(start, end) || t("showInText")),
      text.slice(end, right), right < to ? "…" : "",
    );
  });
}
