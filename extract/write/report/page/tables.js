function relationTable(rows) {
  return table({
    caption: t("relations"), rows,
    search: (row) => [row.subject, predicateWord(row.predicate), row.predicate, row.object, row.date, row.place].join(" "),
    columns: [
      { key: "subject", words: t("subject"), value: (row) => row.subject, cell: (row) => entityLink(row.subjectAt, row.subject) },
      { key: "predicate", words: t("predicate"), value: (row) => predicateWord(row.predicate), cell: (row) => el("span", { class: "chip" }, predicateWord(row.predicate)) },
      { key: "object", words: t("object"), value: (row) => row.object, cell: (row) => entityLink(row.objectAt, row.object) },
      { key: "date", tight: true, words: t("date"), value: (row) => row.date, cell: (row) => dateOf(row) },
      { key: "place", words: t("place"), value: (row) => row.place, cell: (row) => ko(row.place) },
      { key: "evidence", words: t("evidence"), cell: (row) => inContext(row.article, row.start, row.end, { reach: 24 }) },
      { key: "rule", words: t("rule"), value: (row) => row.rule, cell: (row) => el("code", {}, row.rule) },
    ],
  });
}

// The number of a figure as read: about, at least, at most, from–to.
function numberOf(row, unit = "") {
  const range = [row.low, row.high].filter((value) => value !== null).map(grouped);
  const number = row.value !== null ? grouped(row.value)
    : range.length === 2 ? range.join("–") : row.low !== null ? (row.approximate ? `${range[0]}+` : `≥ ${range[0]}`) : row.high !== null ? `≤ ${range[0]}` : "";
  return number ? `${row.approximate && !number.endsWith("+") ? "≈ " : ""}${number} ${unit}`.trim() : "";
}

function figuresView() {
  return el("section", {}, el("h2", {}, t("figures")), table({
    caption: t("figures"), rows: FIGURES,
    search: (row) => [row.text, row.counted, row.unit, row.currency, articleName(row.article)].join(" "),
    filters: [
      {
        words: t("type"), choices: choicesOf(FIGURES, (row) => row.type, (type) => subtypeWord("FIGURE", type)),
        test: (row, type) => row.type === type,
      },
      {
        words: t("unit"), choices: choicesOf(FIGURES, (row) => row.currency ?? row.unit, (unit) => unit).slice(0, 200),
        test: (row, unit) => (row.currency ?? row.unit) === unit,
      },
    ],
    columns: [
      { key: "text", words: t("text"), value: (row) => row.text, cell: (row) => el("a", { href: toArticle(row.article, row.start, row.end), lang: "ko" }, row.text) },
      { key: "value", words: t("value"), number: true, value: (row) => row.value ?? row.low ?? row.high, cell: (row) => numberOf(row) },
      { key: "unit", words: t("unit"), value: (row) => row.currency ?? row.unit, cell: (row) => ko(row.currency ?? row.unit) },
      { key: "counted", words: t("counted"), value: (row) => row.counted, cell: (row) => ko(row.counted) },
      { key: "type", words: t("type"), value: (row) => subtypeWord("FIGURE", row.type), cell: (row) => subtypeWord("FIGURE", row.type) },
      { key: "context", words: t("context"), cell: (row) => inContext(row.article, row.start, row.end, { reach: 24 }) },
      { key: "article", words: t("article"), value: (row) => articleName(row.article), cell: (row) => articleLink(row.article, row.start, row.end) },
    ],
  }));
}

function quoteList(rows) {
  const lines = el("div", { class: "lines" });
  inGroups(lines, rows, (row) => el("figure", { class: "line quote" },
    ko(row.text, "blockquote"),
    el("figcaption", {}, row.speaker ? entityLink(row.speakerAt, row.speaker) : t("unknownSpeaker"),
      row.kind === "direct" || row.kind === "indirect" ? ` · ${t(row.kind)}` : "", /\p{L}/u.test(row.cue ?? "") ? [" · ", ko(row.cue)] : "",
      " · ", articleLink(row.article, row.start, row.end))), { group: "div", spacer: emptyBlock, estimate: 110 });
  return lines;
}

function quotesView() {
  const name = (row) => row.speaker ?? "";
  const counts = new Map();
  for (const row of QUOTES) counts.set(name(row), (counts.get(name(row)) ?? 0) + 1);
  const rank = (row) => (name(row) === "" ? -1 : counts.get(name(row)));
  const sorted = [...QUOTES].sort((a, b) =>
    rank(b) - rank(a) || collator.compare(name(a), name(b)) || a.article - b.article || a.start - b.start);
  const state = { speaker: null, query: "", kind: "" };
  const count = el("p", { class: "count", role: "status" });
  const place = el("div", {});
  const ranked = [...counts].sort((a, b) => (a[0] === "") - (b[0] === "") || b[1] - a[1] || collator.compare(a[0], b[0]));

  function draw() {
    const words = state.query.toLowerCase();
    const found = sorted.filter((row) =>
      (state.speaker === null || name(row) === state.speaker) && (!state.kind || row.kind === state.kind)
      && (!words || `${row.text} ${name(row)}`.toLowerCase().includes(words)));
    count.textContent = found.length === sorted.length
      ? t("rows", { n: grouped(sorted.length) }) : t("rowsOf", { n: grouped(found.length), all: grouped(sorted.length) });
    place.replaceChildren(found.length ? quoteList(found) : el("p", {}, t("noRows")));
  }

  const input = el("input", { type: "search", oninput: later(() => { state.query = input.value; draw(); }) });
  const tools = el("div", { class: "tools" },
    field(t("search"), input),
    field(t("speaker"), select(
      [["*", t("all")], ...ranked.map(([speaker, n]) => [`=${speaker}`, `${speaker || t("unknownSpeaker")} (${grouped(n)})`])], "*",
      (value) => { state.speaker = value === "*" ? null : value.slice(1); draw(); })),
    field(t("quoteKind"), select([["", t("all")], ["direct", t("direct")], ["indirect", t("indirect")]], "", (value) => { state.kind = value; draw(); })));
  draw();
  return el("section", {}, el("h2", {}, t("quotes")), tools, count, place);
}
