// Entities and relations as a graph, and the same relations as a table under it.
const TEXT_NODES = new Set(["attended", "hosted", "operates", "supports"]);
const MOST_NODES = 400;
const shapes = { PERSON: "ellipse", ORG: "round-rectangle", CITY: "hexagon", PLACE: "triangle", TEXT: "diamond" };

function graphOf(relations, { weight, most, texts }) {
  const edges = new Map();
  for (const row of relations) {
    let target = row.objectAt >= 0 ? `e${row.objectAt}` : null;
    if (target === null && texts && TEXT_NODES.has(row.predicate)) target = `t${row.article} ${row.object}`;
    if (row.subjectAt < 0 || target === null) continue;
    const key = `e${row.subjectAt}|${row.predicate}|${target}`;
    if (!edges.has(key)) edges.set(key, { id: key, source: `e${row.subjectAt}`, target, predicate: row.predicate, rows: [] });
    edges.get(key).rows.push(row);
  }
  let kept = [...edges.values()].filter((edge) => edge.rows.length >= weight);
  const degree = new Map();
  const add = (id, n) => degree.set(id, (degree.get(id) ?? 0) + n);
  for (const edge of kept) {
    add(edge.source, edge.rows.length);
    add(edge.target, edge.rows.length);
  }
  const ranked = [...degree].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).map(([id]) => id);
  const shown = new Set(ranked.slice(0, most));
  kept = kept.filter((edge) => shown.has(edge.source) && shown.has(edge.target));
  const linked = new Set(kept.flatMap((edge) => [edge.source, edge.target]));
  const nodes = ranked.filter((id) => linked.has(id)).map((id) => {
    const entity = id[0] === "e" ? ENTITIES[Number(id.slice(1))] : null;
    return { id, entity, name: entity ? entity.name : id.slice(id.indexOf(" ") + 1), kind: entity ? entity.label : "TEXT" };
  });
  return { nodes, edges: kept, all: ranked.length };
}

function colours() {
  const style = getComputedStyle(document.documentElement);
  const read = (name) => style.getPropertyValue(name).trim();
  const labels = Object.fromEntries(LABELS.map((label) => [label, TYPES.labels[label]?.colour]));
  return { ink: read("--ink"), paper: read("--paper"), line: read("--edge"), accent: read("--accent"), labels, text: read("--soft") };
}

function graphStyle() {
  const c = colours();
  return [
    {
      selector: "node",
      style: {
        label: "data(short)", "font-size": 12, color: c.ink, "text-valign": "bottom", "text-margin-y": 4,
        "text-background-color": c.paper, "text-background-opacity": 0.8, "text-background-padding": 1,
        width: "data(size)", height: "data(size)", shape: "data(shape)", "background-color": "data(colour)",
        "border-width": 1, "border-color": c.line,
      },
    },
    {
      selector: "edge",
      style: {
        width: "data(width)", "line-color": c.line, "target-arrow-color": c.line, "target-arrow-shape": "data(arrow)",
        "curve-style": "bezier", "arrow-scale": 0.8, "font-size": 10, color: c.ink,
        "text-background-color": c.paper, "text-background-opacity": 0.9, "text-background-padding": 2, "text-rotation": "autorotate",
      },
    },
    { selector: ".faint", style: { opacity: 0.18 } },
    { selector: "edge.near, edge:selected", style: { label: "data(words)", "line-color": c.accent, "target-arrow-color": c.accent } },
    { selector: "node:selected", style: { "border-width": 4, "border-color": c.accent } },
  ];
}

const shapeWords = () =>
  [["●", labelWord("PERSON")], ["■", labelWord("ORG")], ["⬢", labelWord("CITY")], ["▲", labelWord("PLACE")], ["◆", t("textNode")]]
    .map((pair) => pair.join(" ")).join("   ");

const graphs = new Set();

function relationsView() {
  const state = { predicate: "", from: "", to: "", undated: true, weight: 1, most: 120, texts: false };
  const used = choicesOf(RELATIONS, (row) => row.predicate, predicateWord);
  const canvas = el("div", { class: "graph", tabIndex: 0, role: "application" });
  canvas.setAttribute("aria-label", t("network"));
  const told = el("div", { class: "told" });
  told.setAttribute("aria-live", "polite");
  const count = el("p", { class: "count", role: "status" });
  const rows = relationTable(RELATIONS);
  const finder = el("select", { onchange: () => point(finder.value) });
  let cy = null;
  let shown = { nodes: [], edges: [] };

  const filtered = () => RELATIONS.filter((row) => {
    if (state.predicate && row.predicate !== state.predicate) return false;
    if (!state.from && !state.to) return state.undated || row.date;
    if (!row.date) return state.undated;
    return (!state.from || row.date.slice(0, 10) >= state.from) && (!state.to || row.date.slice(0, 10) <= state.to);
  });

  function tell(edges, title) {
    told.replaceChildren(el("h3", {}, title), el("ul", { class: "facts" }, edges.flatMap((edge) => edge.rows).slice(0, 100).map((row) =>
      el("li", {}, el("p", {}, relationLine(row)), el("p", {}, inContext(row.article, row.start, row.end)),
        el("p", { class: "where" }, articleLink(row.article, row.start, row.end))))));
  }

  function point(id) {
    const node = cy?.getElementById(id);
    if (!node?.length) return;
    cy.elements().unselect();
    node.select();
    light(node);
    cy.animate({ center: { eles: node }, duration: 0 });
  }

  function light(target) {
    const near = target.closedNeighborhood ? target.closedNeighborhood() : target;
    cy.elements().addClass("faint").removeClass("near");
    near.union(target).union(target.isEdge() ? target.connectedNodes() : target).removeClass("faint");
    (target.isEdge() ? target : target.connectedEdges()).addClass("near");
    if (target.isEdge()) {
      const edge = target.data("edge");
      tell([edge], el("span", {}, ko(target.source().data("name")), " ", predicateWord(edge.predicate), " ", ko(target.target().data("name"))));
    } else {
      const { entity, name } = target.data("node");
      tell(target.connectedEdges().map((one) => one.data("edge")), entity ? entityLink(entity.at) : ko(name));
    }
  }

  function draw() {
    const relations = filtered();
    shown = graphOf(relations, { ...state, most: Math.min(state.most, MOST_NODES) });
    rows.show(relations);
    const drawn = { n: grouped(shown.nodes.length), m: grouped(shown.edges.length) };
    count.textContent = t("networkShown", drawn)
      + (shown.all > shown.nodes.length && shown.nodes.length >= state.most ? ` · ${t("networkCut", { n: grouped(shown.all), m: drawn.n })}` : "");
    finder.replaceChildren(el("option", { value: "" }, t("choose")),
      ...[...shown.nodes].sort((a, b) => collator.compare(a.name, b.name)).map((node) => el("option", { value: node.id, lang: "ko" }, node.name)));
    told.replaceChildren(el("p", {}, t("clickHint")));
    if (cy) paint();
  }

  function paint() {
    const places = positionsOf(shown.nodes, shown.edges);
    const c = colours();
    cy.elements().remove();
    cy.add([
      ...shown.nodes.map((node) => ({
        group: "nodes", position: places.get(node.id),
        data: {
          id: node.id, node, name: node.name, short: node.name.length > 16 ? `${node.name.slice(0, 15)}…` : node.name,
          size: 14 + 4 * Math.sqrt(node.entity?.nMentions ?? 1), shape: shapes[node.kind] ?? "ellipse",
          colour: c.labels[node.kind] ?? c.text,
        },
      })),
      ...shown.edges.map((edge) => ({
        group: "edges",
        data: {
          id: edge.id, source: edge.source, target: edge.target, edge, words: predicateWord(edge.predicate),
          width: 1 + Math.min(6, Math.sqrt(edge.rows.length)),
          arrow: ["met_with", "agreed_with", "cooperates_with"].includes(edge.predicate) ? "none" : "triangle",
        },
      })),
    ]);
    cy.fit(undefined, 24);
    if (cy.zoom() < 0.45) {
      const groups = cy.elements().components().sort((one, other) => other.length - one.length);
      cy.fit(groups[0], 24);
    }
    if (cy.zoom() > 1.4) cy.zoom(1.4), cy.center();
    legible();
  }

  // Names keep a readable size; where two would overlap, that of the better linked node stays.
  function legible() {
    const size = Math.min(30, Math.max(12, 12 / cy.zoom()));
    const drawn = size * cy.zoom();
    const taken = [];
    cy.batch(() => {
      cy.edges().style("font-size", size);
      for (const { id } of shown.nodes) {
        const node = cy.getElementById(id);
        const { x, y } = node.renderedPosition();
        const top = y + node.renderedHeight() / 2;
        const half = (node.data("short").length * drawn) / 2;
        const box = [x - half, top, x + half, top + 1.5 * drawn];
        const free = drawn >= 8 && taken.every((one) => box[2] < one[0] || one[2] < box[0] || box[3] < one[1] || one[3] < box[1]);
        if (free) taken.push(box);
        node.style({ "font-size": size, "text-opacity": free ? 1 : 0, "text-background-opacity": free ? 0.8 : 0 });
      }
    });
  }

  const zoom = (by) => cy.zoom({ level: cy.zoom() * by, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
  canvas.addEventListener("keydown", (event) => {
    const moves = { ArrowLeft: [60, 0], ArrowRight: [-60, 0], ArrowUp: [0, 60], ArrowDown: [0, -60] };
    if (moves[event.key]) cy.panBy({ x: moves[event.key][0], y: moves[event.key][1] });
    else if (event.key === "+" || event.key === "=") zoom(1.25);
    else if (event.key === "-") zoom(0.8);
    else if (event.key === "0") cy.fit(undefined, 24);
    else return;
    event.preventDefault();
  });

  const changed = (name, read = (node) => node.value) => (event) => {
    state[name] = read(event.target);
    draw();
  };
  const checked = (node) => node.checked;
  const numeral = (node) => Math.max(1, Number(node.value) || 1);
  const tools = el("div", { class: "tools" },
    field(t("predicates"), select([["", t("all")], ...used], "", (value) => { state.predicate = value; draw(); })),
    field(t("from"), el("input", { type: "date", onchange: changed("from") })),
    field(t("to"), el("input", { type: "date", onchange: changed("to") })),
    field(t("minWeight"), el("input", { type: "number", min: "1", value: "1", class: "narrow", onchange: changed("weight", numeral) })),
    field(t("maxNodes"), el("input", { type: "number", min: "2", max: String(MOST_NODES), value: "120", class: "narrow", onchange: changed("most", numeral) })),
    field(t("find"), finder),
    el("label", { class: "check" }, el("input", { type: "checkbox", checked: true, onchange: changed("undated", checked) }), t("undated")),
    el("label", { class: "check" }, el("input", { type: "checkbox", onchange: changed("texts", checked) }), t("texts")));
  const buttons = el("div", { class: "buttons" },
    el("button", { type: "button", onclick: () => zoom(1.25) }, t("zoomIn")),
    el("button", { type: "button", onclick: () => zoom(0.8) }, t("zoomOut")),
    el("button", { type: "button", onclick: () => cy.fit(undefined, 24) }, t("fit")));

  draw();
  const section = el("section", {}, el("h2", {}, t("relations")), tools, count,
    el("div", { class: "network" }, el("div", { class: "frame" }, canvas, buttons), told),
    el("p", { class: "help" }, shapeWords()), el("p", { class: "help" }, t("networkHelp")), rows);
  section.shown = () => {
    if (cy) return void cy.resize();
    cy = cytoscape({ container: canvas, style: graphStyle(), minZoom: 0.1, maxZoom: 4 });
    graphs.add(cy);
    cy.on("zoom", later(legible, 60));
    cy.on("tap", "node, edge", (event) => light(event.target));
    cy.on("tap", (event) => { if (event.target === cy) cy.elements().removeClass("faint near"); });
    canvas.graph = cy;
    paint();
  };
  section.gone = () => {
    graphs.delete(cy);
    cy?.destroy();
  };
  return section;
}
