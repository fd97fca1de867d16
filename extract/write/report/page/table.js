// Long lists: rows stand in groups, and only the groups near the window are in the document.
const GROUP = 40;

const watcher = new IntersectionObserver((entries) => {
  for (const { target, isIntersecting } of entries) {
    if (isIntersecting) target.fill();
    else target.empty();
  }
}, { rootMargin: "900px 0px" });

// Puts `rows` into `host` group by group; `make(row, number)` gives the node of one row.
function inGroups(host, rows, make, { group = "tbody", spacer = emptyRow, estimate = 44 } = {}) {
  for (const old of host.querySelectorAll(":scope > .group")) {
    watcher.unobserve(old);
    old.remove();
  }
  for (let first = 0; first < rows.length; first += GROUP) {
    const last = Math.min(first + GROUP, rows.length);
    const node = el(group, { class: "group", role: group === "tbody" ? "rowgroup" : undefined });
    let height = (last - first) * estimate;
    let filled = false;
    node.fill = () => {
      if (filled) return;
      filled = true;
      node.replaceChildren(...rows.slice(first, last).map((row, at) => make(row, first + at)));
    };
    node.empty = () => {
      if (filled && (!node.offsetHeight || node.contains(document.activeElement))) return;
      if (filled) height = node.offsetHeight;
      filled = false;
      node.replaceChildren(spacer(height));
    };
    if (first === 0) node.fill();
    else node.empty();
    host.append(node);
    watcher.observe(node);
  }
}

function emptyRow(height) {
  const cell = el("td", { colSpan: 99 });
  cell.style.height = `${height}px`;
  return el("tr", { class: "spacer", ariaHidden: "true", role: "presentation" }, cell);
}

function emptyBlock(height) {
  const block = el("div", { ariaHidden: "true" });
  block.style.height = `${height}px`;
  return block;
}

const collator = new Intl.Collator("ko", { numeric: true });
function compare(a, b) {
  const none = (value) => value === null || value === undefined || value === "";
  if (none(a) || none(b)) return none(a) - none(b);
  if (typeof a === "number" && typeof b === "number") return a - b;
  return collator.compare(String(a), String(b));
}

// A searchable, sortable table.
//   columns: {key, words, value(row), cell(row), number}; search(row) gives the text that is searched
//   filters: {words, choices: [[key, words]], test(row, key)}; sort: [key, descending]
function table({ caption, columns, rows, search, searchWords, filters = [], sort, extra }) {
  let query = "";
  let [by, descending] = sort ?? [null, false];
  const chosen = filters.map(() => "");
  const count = el("p", { class: "count", role: "status" });
  const none = el("p", { class: "none", hidden: true }, t("noRows"));
  const body = el("table", { class: "rows", role: "table" }, el("caption", {}, caption));
  const heads = new Map();
  const head = el("tr", { role: "row" });
  for (const column of columns) {
    const button = el("button", {
      type: "button", class: "sort", title: t("sortBy", { name: column.words }),
      onclick: () => {
        descending = by === column.key ? !descending : Boolean(column.number);
        by = column.key;
        draw();
      },
    }, column.words);
    const cell = el("th", { scope: "col", role: "columnheader", class: column.number ? "number" : "" }, column.value ? button : column.words);
    heads.set(column.key, cell);
    head.append(cell);
  }
  body.append(el("thead", { role: "rowgroup" }, head));
  const texts = search ? rows.map((row) => search(row).toLowerCase()) : [];
  const numbers = new Map(rows.map((row, at) => [row, at]));

  function draw() {
    let found = rows;
    const words = query.toLowerCase().split(/\s+/).filter(Boolean);
    if (words.length) found = found.filter((row) => words.every((one) => texts[numbers.get(row)].includes(one)));
    filters.forEach((filter, at) => {
      if (chosen[at]) found = found.filter((row) => filter.test(row, chosen[at]));
    });
    const column = columns.find((one) => one.key === by);
    if (column) {
      const sign = descending ? -1 : 1;
      const keyed = found.map((row) => [column.value(row), row]);
      const known = (value) => value !== null && value !== undefined && value !== "";
      keyed.sort(([a, one], [b, other]) =>
        (known(a) && known(b) ? sign * compare(a, b) : compare(a, b)) || numbers.get(one) - numbers.get(other));
      found = keyed.map(([, row]) => row);
    }
    for (const [key, cell] of heads) {
      if (key === by) cell.setAttribute("aria-sort", descending ? "descending" : "ascending");
      else cell.removeAttribute("aria-sort");
    }
    body.setAttribute("aria-rowcount", found.length + 1);
    count.textContent = found.length === rows.length
      ? t("rows", { n: grouped(rows.length) })
      : t("rowsOf", { n: grouped(found.length), all: grouped(rows.length) });
    none.hidden = found.length > 0;
    body.hidden = found.length === 0;
    inGroups(body, found, (row, number) => {
      const line = el("tr", { role: "row" });
      line.setAttribute("aria-rowindex", number + 2);
      for (const one of columns) {
        const cell = el("td", { role: "cell", class: one.number ? "number" : one.tight ? "tight" : "" }, one.cell(row));
        cell.dataset.name = one.words;
        line.append(cell);
      }
      return line;
    });
  }

  const tools = el("div", { class: "tools" });
  if (search) {
    const input = el("input", { type: "search", oninput: later(() => { query = input.value; draw(); }) });
    tools.append(field(searchWords ?? t("search"), input));
  }
  filters.forEach((filter, at) => {
    tools.append(field(filter.words, select([["", t("all")], ...filter.choices], "", (value) => { chosen[at] = value; draw(); })));
  });
  if (extra) tools.append(extra);
  draw();
  const node = el("div", { class: "tableview" }, tools, count, none, el("div", { class: "scroll" }, body));
  node.show = (shown) => {
    rows = shown;
    numbers.clear();
    rows.forEach((row, at) => numbers.set(row, at));
    texts.length = 0;
    if (search) for (const row of rows) texts.push(search(row).toLowerCase());
    draw();
  };
  return node;
}

const choicesOf = (rows, value, words) => {
  const counts = new Map();
  for (const row of rows) {
    const key = value(row);
    if (key) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([key, n]) => [key, `${words(key)} (${grouped(n)})`]);
};
