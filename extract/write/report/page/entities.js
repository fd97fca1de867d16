function entitiesView() {
  return el(
    "section", {}, el("h2", {}, t("entities")),
    table({
      caption: t("entities"), rows: ENTITIES, sort: ["mentions", true],
      search: (row) => [row.name, row.aliases.join(" "), row.title, row.affiliation, row.country, row.city].join(" "),
      filters: [
        {
          words: t("label"), choices: choicesOf(ENTITIES, (row) => row.label, labelWord),
          test: (row, label) => row.label === label,
        },
        {
          words: t("subtype"),
          choices: choicesOf(ENTITIES, (row) => row.subtype && `${row.label} ${row.subtype}`, (key) => subtypeWord(...key.split(" "))),
          test: (row, key) => `${row.label} ${row.subtype}` === key,
        },
      ],
      columns: [
        { key: "name", words: t("name"), value: (row) => row.name, cell: (row) => entityLink(row.at) },
        { key: "label", words: t("label"), value: (row) => labelWord(row.label) + subtypeWord(row.label, row.subtype), cell: (row) => chip(row.label, row.subtype) },
        { key: "title", words: t("jobTitle"), value: (row) => row.title, cell: (row) => ko(row.title) },
        { key: "affiliation", words: t("affiliation"), value: (row) => row.affiliation, cell: (row) => ko(row.affiliation) },
        { key: "aliases", words: t("aliases"), value: (row) => row.aliases.join(", "), cell: (row) => ko(row.aliases.join(", ")) },
        { key: "country", words: t("country"), value: (row) => row.country, cell: (row) => ko(row.country) },
        { key: "mentions", words: t("nMentions"), number: true, value: (row) => row.nMentions, cell: (row) => grouped(row.nMentions) },
        { key: "articles", words: t("nArticles"), number: true, value: (row) => row.nArticles, cell: (row) => grouped(row.nArticles) },
      ],
    }),
  );
}

function occurrencesOf(e) {
  const flat = DATA.occurrences[e];
  const found = [];
  for (let i = 0; i < flat.length; i += 2) found.push([flat[i], flat[i + 1]]);
  return found;
}

function entityView(id) {
  const e = entityAt.get(id);
  if (e === undefined) return el("section", {}, el("h2", {}, t("notFound")));
  const entity = ENTITIES[e];
  const related = RELATIONS.filter((row) => row.subjectAt === e || row.objectAt === e);
  const titles = [...new Set(related.filter((row) => row.predicate === "holds_title").map((row) => row.object))];
  const said = QUOTES.filter((row) => row.speakerAt === e);
  const took = EVENTS.filter((row) => row.placeAt === e || row.hosts.includes(e) || row.people.includes(e));
  const degrees = entity.latitude === null ? null : `${entity.latitude}, ${entity.longitude}`;
  const facts = [
    [t("jobTitle"), titles.length ? titles.join(", ") : entity.title], [t("affiliation"), entity.affiliation],
    [t("aliases"), entity.aliases.join(", ")], [t("country"), entity.country], [t("city"), entity.city],
    [t("coordinates"), degrees], [t("wikidata"), entity.wikidata],
    [t("nMentions"), grouped(entity.nMentions)], [t("nArticles"), grouped(entity.nArticles)],
  ].filter(([, value]) => value);
  const lines = el("div", { class: "lines" });
  inGroups(lines, occurrencesOf(e), ([a, number]) =>
    el("div", { class: "line" }, whenRead(a, (found) => {
      const mention = found.mention(number);
      return el("p", {}, inContext(a, mention.start, mention.end, { whole: true }));
    }), el("p", { class: "where" }, articleLink(a))), { group: "div", spacer: emptyBlock, estimate: 70 });
  return el(
    "section", { class: "entity" },
    el("p", { class: "path" }, link("#/entities", `← ${t("back")}`)),
    el("h2", {}, ko(entity.name), " ", chip(entity.label, entity.subtype)),
    el("dl", { class: "facts" }, facts.map(([name, value]) => [el("dt", {}, name), el("dd", { lang: "ko" }, value)])),
    related.length ? [el("h3", {}, `${t("related")} (${grouped(related.length)})`), relationTable(related)] : "",
    took.length ? [el("h3", {}, `${t("events")} (${grouped(took.length)})`), el("ul", { class: "facts" }, took.slice(0, 200).map((row) =>
      el("li", {}, el("span", { class: "chip" }, eventWord(row.type)), " ",
        el("a", { href: toArticle(row.article, row.start, row.end), lang: "ko" }, row.name ?? row.trigger),
        row.from ? [" · ", period(row.from, row.to)] : "")))] : "",
    said.length ? [el("h3", {}, `${t("said")} (${grouped(said.length)})`), quoteList(said)] : "",
    el("h3", {}, `${t("sentences")} (${grouped(DATA.occurrences[e].length / 2)})`), lines,
  );
}
