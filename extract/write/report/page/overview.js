function spanOf(dates) {
  let first = null;
  let last = null;
  for (const date of dates) {
    if (!date || !/^\d{4}/.test(date)) continue;
    if (first === null || date < first) first = date;
    if (last === null || date > last) last = date;
  }
  return first === null ? null : [first.slice(0, 10), last.slice(0, 10)];
}

function bars(rows, caption) {
  const most = Math.max(1, ...rows.map(([, count]) => count));
  return el(
    "table", { class: "bars" }, el("caption", {}, caption),
    el("tbody", {}, rows.map(([name, count, to]) => {
      const meter = el("span", { class: "bar", ariaHidden: "true" });
      meter.style.width = `${(100 * count) / most}%`;
      return el(
        "tr", {}, el("th", { scope: "row" }, to ? link(to, name) : name),
        el("td", { class: "number" }, grouped(count)), el("td", { class: "meter" }, meter),
      );
    })),
  );
}

function counted(rows, value) {
  const counts = new Map();
  for (const row of rows) counts.set(value(row), (counts.get(value(row)) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

function overview() {
  const figures = [
    ["articles", ARTICLES.length], ["entities", ENTITIES.length], ["relations", RELATIONS.length],
    ["timeline", EVENTS.length, "events"], ["figures", FIGURES.length], ["quotes", QUOTES.length],
  ];
  const published = spanOf(ARTICLES.map((article) => article.published));
  const dated = spanOf([...EVENTS.map((event) => event.from), ...DATES.map((date) => date.from)]);
  const undated = ARTICLES.filter((article) => !article.published).length;
  const dash = (span) => (span ? (span[0] === span[1] ? span[0] : `${span[0]} – ${span[1]}`) : t("unknown"));

  const perLabel = new Map();
  for (const entity of ENTITIES) perLabel.set(entity.label, (perLabel.get(entity.label) ?? 0) + entity.nMentions);
  const labels = LABELS.map((label) => [label, perLabel.get(label) ?? 0]);
  const dates = counted(DATES, (row) => (row.type === "time" || /T\d/.test(row.timex ?? "") ? "TIME" : "DATE"));
  for (const [label, count] of dates) labels.find(([name]) => name === label)[1] = count;
  labels.find(([name]) => name === "FIGURE")[1] = FIGURES.length;

  const tops = ["PERSON", "ORG", "CITY", "PLACE"].map((label) => {
    const rows = ENTITIES.filter((entity) => entity.label === label)
      .sort((a, b) => b.nMentions - a.nMentions || a.at - b.at).slice(0, 6)
      .map((entity) => [ko(entity.name), entity.nMentions, toEntity(entity.at)]);
    return rows.length ? bars(rows, labelWord(label)) : "";
  });
  const failures = ERRORS.length
    ? table({
      caption: t("failed"), rows: ERRORS, search: (row) => `${row.source} ${row.message}`,
      columns: [
        { key: "source", words: t("source"), value: (row) => row.source, cell: (row) => ko(row.source) },
        { key: "position", words: t("position"), number: true, value: (row) => row.position, cell: (row) => row.position },
        { key: "stage", words: t("stage"), value: (row) => row.stage, cell: (row) => row.stage },
        { key: "error", words: t("error"), value: (row) => row.error, cell: (row) => row.error },
        { key: "message", words: t("message"), cell: (row) => row.message },
      ],
    })
    : el("p", {}, t("noneFailed"));

  return el(
    "section", {}, el("h2", {}, t("overview")),
    el("ul", { class: "cards" }, figures.map(([view, count, words]) =>
      el("li", {}, el("a", { href: `#/${view}` }, el("strong", {}, grouped(count)), " ", el("span", {}, t(words ?? view)))))),
    el(
      "dl", { class: "facts" },
      el("dt", {}, t("publishedSpan")),
      el("dd", {}, dash(published), undated && published ? ` (${t("unknown")}: ${grouped(undated)})` : ""),
      el("dt", {}, t("datedSpan")), el("dd", {}, dash(dated)),
      el("dt", {}, t("failed")), el("dd", { class: ERRORS.length ? "bad" : "" }, grouped(ERRORS.length)),
    ),
    el("div", { class: "columns" },
      bars(labels.map(([label, count]) => [chip(label), count]), t("byLabel")),
      bars(counted(RELATIONS, (row) => row.predicate).map(([name, count]) => [predicateWord(name), count]), t("byPredicate")),
    ),
    el("h3", {}, t("mostMentioned")), el("div", { class: "columns" }, tops),
    el("h3", {}, t("failed")), failures,
    el("h3", {}, t("sources")),
    bars(counted(ARTICLES, (row) => row.source).slice(0, 50).map(([name, count]) => [ko(name), count]), t("sources")),
  );
}
