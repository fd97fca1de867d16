function articlesView() {
  const full = !SPLIT;
  return el(
    "section", {}, el("h2", {}, t("articles")),
    table({
      caption: t("articles"), rows: ARTICLES.map((article, at) => ({ ...article, at })),
      searchWords: t(full ? "searchArticles" : "searchTitles"),
      search: (row) => [row.title, row.caption, row.kind, row.source, row.published, full ? bodyNow(row.at).text : ""].join(" "),
      filters: [{
        words: t("kind"), choices: choicesOf(ARTICLES, (row) => row.kind, (kind) => kind),
        test: (row, kind) => row.kind === kind,
      }],
      columns: [
        { key: "title", words: t("title"), value: (row) => row.title, cell: (row) => articleLink(row.at) },
        { key: "kind", words: t("kind"), value: (row) => row.kind, cell: (row) => ko(row.kind) },
        { key: "published", tight: true, words: t("published"), value: (row) => row.published, cell: (row) => row.published },
        { key: "source", words: t("source"), value: (row) => row.source, cell: (row) => ko(row.source) },
        { key: "mentions", words: t("mentions"), number: true, value: (row) => row.nMentions, cell: (row) => grouped(row.nMentions) },
        { key: "relations", words: t("relations"), number: true, value: (row) => row.nRelations, cell: (row) => grouped(row.nRelations) },
        { key: "chars", words: t("chars"), number: true, value: (row) => row.nChars, cell: (row) => grouped(row.nChars) },
      ],
    }),
  );
}

// The text in pieces: sentences with their section, in them mentions, in both the evidence that was asked for.
function textOf({ text, sentences, mentions }, evidence) {
  const [from, to] = evidence ?? [-1, -1];
  const plain = (start, end) => {
    const cuts = [start, Math.min(Math.max(from, start), end), Math.min(Math.max(to, start), end), end];
    const pieces = [];
    for (let i = 0; i < 3; i++) {
      if (cuts[i] >= cuts[i + 1]) continue;
      const piece = text.slice(cuts[i], cuts[i + 1]);
      pieces.push(cuts[i] >= from && cuts[i + 1] <= to ? el("mark", { class: "evidence" }, piece) : piece);
    }
    return pieces;
  };
  const shown = el("div", { class: "text", lang: "ko" });
  const blocks = [];
  let at = 0;
  for (const sentence of sentences) {
    if (sentence.start < at) continue;
    if (sentence.start > at) blocks.push([at, sentence.start, null]);
    blocks.push([sentence.start, sentence.end, sentence.section]);
    at = sentence.end;
  }
  if (at < text.length) blocks.push([at, text.length, null]);
  let next = 0;
  at = 0;
  for (const [, stop, section] of blocks) {
    const block = section ? el("span", { class: `in-${section}` }) : shown;
    while (next < mentions.length && mentions[next].start < stop) {
      const mention = mentions[next++];
      if (mention.start < at) continue;
      add(block, plain(at, mention.start));
      block.append(markOf(mention, plain(mention.start, mention.end)));
      at = mention.end;
    }
    if (at < stop) {
      add(block, plain(at, stop));
      at = stop;
    }
    if (block !== shown) shown.append(block);
  }
  return shown;
}

function factsOf(a) {
  const go = (row) => link(toArticle(a, row.start, row.end), t("showInText"));
  const list = (words, rows, make) =>
    rows.length ? [el("h3", {}, `${words} (${rows.length})`), el("ul", { class: "facts" }, rows.map((row) => el("li", {}, make(row), " ", go(row))))] : "";
  return el(
    "div", { class: "behind" },
    list(t("relations"), ofArticle(RELATIONS, a), (row) => relationLine(row)),
    list(t("events"), ofArticle(EVENTS, a), (row) => [
      el("span", { class: "chip" }, eventWord(row.type)), " ", ko(row.name ?? row.trigger),
      row.from ? [" · ", period(row.from, row.to)] : "", row.place ? [" · ", entityLink(row.placeAt, row.place)] : "",
    ]),
    list(t("quotes"), ofArticle(QUOTES, a), (row) => [
      row.speaker ? entityLink(row.speakerAt, row.speaker) : t("unknownSpeaker"), ": ", ko(row.text, "q"),
    ]),
    list(t("figures"), ofArticle(FIGURES, a), (row) => [
      ko(row.text), withDot(numberOf(row, row.type === "ratio" ? "" : (row.currency ?? row.unit ?? ""))), row.counted ? [" · ", ko(row.counted)] : "",
    ]),
    list(t("dates"), ofArticle(DATES, a), (row) => [ko(row.text), " · ", row.from ? period(row.from, row.to) : (row.timex ?? t("unknown"))]),
  );
}

const withDot = (words) => (words ? ` · ${words}` : "");

const relationLine = (row) => [
  entityLink(row.subjectAt, row.subject), " ", el("span", { class: "chip" }, predicateWord(row.predicate)), " ",
  entityLink(row.objectAt, row.object), row.date ? ` · ${dateOf(row)}` : "", row.place ? [" · ", ko(row.place)] : "",
];

const hiddenLabels = new Set();

function articleView(id, place) {
  const a = articleAt.get(id);
  if (a === undefined) return el("section", {}, el("h2", {}, t("notFound")));
  const article = ARTICLES[a];
  const evidence = place ? place.split("-").map(Number) : null;
  const section = el("section", { class: "article" });
  const toggles = el("fieldset", { class: "legend" }, el("legend", {}, t("highlight")), LABELS.map((label) => {
    const box = el("input", {
      type: "checkbox", checked: !hiddenLabels.has(label),
      onchange: () => {
        if (box.checked) hiddenLabels.delete(label);
        else hiddenLabels.add(label);
        section.classList.toggle(`no-${label}`, !box.checked);
      },
    });
    section.classList.toggle(`no-${label}`, hiddenLabels.has(label));
    return el("label", {}, box, chip(label));
  }));
  const facts = [
    [t("kind"), article.kind], [t("published"), article.published], [t("caption"), article.caption],
    [t("source"), article.source], [t("position"), String(article.position)],
  ].filter(([, value]) => value);
  add(section, [
    el("p", { class: "path" }, link("#/articles", `← ${t("back")}`),
      a > 0 ? link(toArticle(a - 1), t("previous")) : "", a + 1 < ARTICLES.length ? link(toArticle(a + 1), t("next")) : ""),
    el("h2", { lang: "ko" }, article.title ?? t("noTitle")),
    el("dl", { class: "facts" }, facts.map(([name, value]) => [el("dt", {}, name), el("dd", { lang: "ko" }, value)])),
    toggles,
    whenRead(a, (found) => {
      const shown = textOf(found, evidence);
      const goal = shown.querySelector(".evidence");
      if (goal) requestAnimationFrame(() => {
        goal.setAttribute("tabindex", "-1");
        goal.focus({ preventScroll: true });
        goal.scrollIntoView({ block: "center" });
      });
      return shown;
    }),
    factsOf(a),
  ]);
  return section;
}
