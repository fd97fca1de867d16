// A stretch of time as people write it; `to` is exclusive.
function period(from, to) {
  const korean = language === "ko";
  const day = (text) => text.slice(0, 10);
  if (from.includes("T")) return from.slice(0, 16).replace("T", " ");
  if (!to || !/^\d{4}-\d\d-\d\d/.test(from) || !/^\d{4}-\d\d-\d\d/.test(to)) return day(from);
  const [y, m, d] = from.split("-").map(Number);
  const [ty, tm, td] = to.split("-").map(Number);
  if (d === 1 && td === 1 && m === 1 && tm === 1) {
    if (ty === y + 1) return korean ? `${y}년` : `${y}`;
    return korean ? `${y}–${ty - 1}년` : `${y}–${ty - 1}`;
  }
  if (d === 1 && td === 1 && ty * 12 + tm === y * 12 + m + 1) return korean ? `${y}년 ${m}월` : day(from).slice(0, 7);
  const last = new Date(Date.UTC(ty, tm - 1, td) - 86400000).toISOString().slice(0, 10);
  return last <= day(from) ? day(from) : `${day(from)} – ${last}`;
}

// The date of a relation; the date in the text that begins with it tells whether a day, a month or a year is meant.
function dateOf(row) {
  if (!row.date) return "";
  const ends = new Set(ofArticle(DATES, row.article).filter((one) => one.from === row.date).map((one) => one.to));
  return /^\d{4}-/.test(row.date) ? period(row.date, ends.size === 1 ? [...ends][0] : null) : row.date;
}

function momentsOf(what) {
  const found = [];
  if (what.events) {
    for (const row of EVENTS) {
      if (row.from) found.push({ ...row, kind: "events" });
    }
  }
  if (what.relations) {
    for (const row of RELATIONS) {
      if (row.date && /^\d{4}-/.test(row.date)) found.push({ ...row, from: row.date, to: null, kind: "relations" });
    }
  }
  if (what.dates) {
    for (const row of DATES) {
      if (row.from && /^\d{4}-/.test(row.from)) found.push({ ...row, kind: "dates" });
    }
  }
  return found.sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : a.article - b.article || a.start - b.start));
}

// Counts by year, or by month where all lie within three years.
function histogram(rows) {
  if (!rows.length) return { monthly: false, counts: [] };
  const years = rows.map((row) => Number(row.from.slice(0, 4)));
  const monthly = Math.max(...years) - Math.min(...years) < 3;
  const counts = new Map();
  for (const row of rows) {
    const key = row.from.slice(0, monthly ? 7 : 4);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return { monthly, counts: [...counts].sort() };
}

function momentLine(row) {
  const head = el("p", {}, el("time", {}, row.kind === "relations" ? dateOf(row) : period(row.from, row.to)), " ");
  if (row.kind === "events") {
    const who = [...new Set([...row.hosts, ...row.people])].filter((e) => e >= 0).slice(0, 8);
    add(head, [
      el("span", { class: "chip" }, eventWord(row.type)), " ",
      el("a", { href: toArticle(row.article, row.start, row.end), lang: "ko" }, row.name ?? row.trigger),
      row.place ? [" · ", entityLink(row.placeAt, row.place)] : "",
      who.length ? [" · ", ...who.flatMap((e, i) => [i ? ", " : "", entityLink(e)])] : "",
    ]);
  } else if (row.kind === "relations") {
    add(head, [relationLine({ ...row, date: null }), " ", link(toArticle(row.article, row.start, row.end), t("showInText"))]);
  } else {
    add(head, [inContext(row.article, row.start, row.end)]);
  }
  return el("div", { class: "line" }, head, el("p", { class: "where" }, articleLink(row.article, row.start, row.end)));
}

function timelineView() {
  const few = EVENTS.filter((row) => row.from).length < 30;
  const what = { events: true, relations: few, dates: false };
  let chosen = null;
  const chart = el("div", { class: "chart", role: "group" });
  const count = el("p", { class: "count", role: "status" });
  const lines = el("div", { class: "lines" });

  function draw() {
    const rows = momentsOf(what);
    const { monthly, counts } = histogram(rows);
    const most = Math.max(1, ...counts.map(([, n]) => n));
    chart.setAttribute("aria-label", t(monthly ? "perMonth" : "perYear"));
    chart.replaceChildren(...counts.map(([key, n]) => {
      const bar = el("span", { class: "column", ariaHidden: "true" });
      bar.style.height = `${4 + (76 * n) / most}px`;
      const button = el("button", {
        type: "button", class: "period",
        onclick: () => { chosen = chosen === key ? null : key; draw(); },
      }, bar, el("span", { class: "n" }, grouped(n)), el("span", {}, key));
      button.setAttribute("aria-pressed", String(chosen === key));
      return button;
    }));
    const found = chosen ? rows.filter((row) => row.from.startsWith(chosen)) : rows;
    count.textContent = found.length === rows.length
      ? t("rows", { n: grouped(rows.length) }) : t("rowsOf", { n: grouped(found.length), all: grouped(rows.length) });
    inGroups(lines, found, momentLine, { group: "div", spacer: emptyBlock, estimate: 64 });
  }

  const boxes = [["events", "events"], ["relations", "datedRelations"], ["dates", "dateMentions"]].map(([name, words]) =>
    el("label", { class: "check" }, el("input", {
      type: "checkbox", checked: what[name],
      onchange: (event) => { what[name] = event.target.checked; chosen = null; draw(); },
    }), t(words)));
  draw();
  const yearless = DATES.filter((row) => !row.from && /^XXXX-\d\d/.test(row.timex ?? ""))
    .sort((a, b) => (a.timex < b.timex ? -1 : a.timex > b.timex ? 1 : a.article - b.article));
  const rest = el("div", { class: "lines" });
  if (yearless.length) {
    inGroups(rest, yearless, (row) => el("div", { class: "line" },
      el("p", {}, el("time", {}, row.timex.replaceAll("XXXX-", "")), " ", inContext(row.article, row.start, row.end)),
      el("p", { class: "where" }, articleLink(row.article, row.start, row.end))), { group: "div", spacer: emptyBlock, estimate: 64 });
  }
  return el(
    "section", {}, el("h2", {}, t("timeline")),
    el("div", { class: "tools", role: "group", ariaLabel: t("what") }, boxes), chart, count, lines,
    yearless.length ? [el("h3", {}, `${t("yearless")} (${grouped(yearless.length)})`), el("p", { class: "help" }, t("yearlessNote")), rest] : "",
  );
}
