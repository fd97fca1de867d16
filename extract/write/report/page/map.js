// Places whose coordinates are known on an outline of the world (plate carrée; one unit is one degree).
function outline() {
  return DATA.land.map((rings) => rings.map((ring) => {
    let x = 0;
    let y = 0;
    let path = "";
    for (let i = 0; i < ring.length; i += 2) {
      x += ring[i];
      y += ring[i + 1];
      path += `${i ? "L" : "M"}${x / 100} ${-y / 100}`;
    }
    return `${path}Z`;
  }).join("")).join("");
}

const MOST_PLACES = 2000;
const MOST_NAMES = 250;

function mapView() {
  const places = ENTITIES.filter((entity) => entity.latitude !== null && entity.longitude !== null)
    .sort((a, b) => b.nMentions - a.nMentions);
  const section = el("section", {}, el("h2", {}, t("map")));
  if (!places.length) return add(section, [el("p", {}, t("noPlaces"))]);
  const root = svg("svg", { class: "map", tabindex: 0, role: "group" });
  root.setAttribute("aria-label", t("map"));
  const dots = svg("g", {});
  const names = svg("g", { class: "names" });
  const grid = [];
  for (let x = -180; x <= 180; x += 30) grid.push(`M${x} -90V90`);
  for (let y = -90; y <= 90; y += 30) grid.push(`M-180 ${y}H180`);
  root.append(svg("path", { class: "grid", d: grid.join("") }), svg("path", { class: "land", d: outline() }), dots, names);
  let view = null;
  const ratio = 0.55;

  function show(x, y, width) {
    const w = Math.min(360, Math.max(0.5, width));
    const h = w * ratio;
    view = { x: Math.min(200 - w, Math.max(-200, x)), y: Math.min(100 - h, Math.max(-100, y)), w, h };
    root.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${view.h}`);
    const unit = w / (root.clientWidth || 800);
    for (const dot of dots.children) dot.setAttribute("r", Number(dot.dataset.r) * unit);
    const taken = [];
    for (const name of names.children) {
      const [px, py] = [Number(name.dataset.x), Number(name.dataset.y)];
      const box = [px, py - 16 * unit, px + (name.textContent.length * 13 + 10) * unit, py + 4 * unit];
      const free = taken.every((other) => box[2] < other[0] || other[2] < box[0] || box[3] < other[1] || other[3] < box[1]);
      name.setAttribute("display", free ? "inline" : "none");
      if (free) taken.push(box);
      name.setAttribute("x", px + Number(name.dataset.r) * unit + 3 * unit);
      name.setAttribute("y", py + 4 * unit);
      name.setAttribute("font-size", 12 * unit);
    }
  }

  function around(found) {
    const xs = found.map((one) => one.longitude);
    const ys = found.map((one) => -one.latitude);
    const [left, right, top, bottom] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    const width = Math.max(right - left, (bottom - top) / ratio, 4) * 1.25;
    show((left + right - width) / 2, (top + bottom - width * ratio) / 2, width);
  }

  for (const [rank, place] of places.slice(0, MOST_PLACES).entries()) {
    const r = 4 + 2 * Math.sqrt(place.nMentions);
    const dot = svg("circle", { cx: place.longitude, cy: -place.latitude, class: `dot m-${place.label}` });
    dot.dataset.r = r;
    dot.append(svg("title", {}, `${place.name} (${grouped(place.nMentions)})`));
    dot.addEventListener("click", () => (location.hash = toEntity(place.at)));
    dots.append(dot);
    if (rank >= MOST_NAMES) continue;
    const name = svg("text", { lang: "ko" }, place.name);
    Object.assign(name.dataset, { x: place.longitude, y: -place.latitude, r });
    names.append(name);
  }

  const zoom = (by, cx = view.x + view.w / 2, cy = view.y + view.h / 2) =>
    show(cx - (cx - view.x) * by, cy - (cy - view.y) * by, view.w * by);
  const at = (event) => {
    const box = root.getBoundingClientRect();
    return [view.x + ((event.clientX - box.left) / box.width) * view.w, view.y + ((event.clientY - box.top) / box.height) * view.h];
  };
  root.addEventListener("wheel", (event) => {
    event.preventDefault();
    zoom(event.deltaY < 0 ? 0.8 : 1.25, ...at(event));
  }, { passive: false });
  let held = null;
  root.addEventListener("pointerdown", (event) => { held = [event.clientX, event.clientY]; });
  root.addEventListener("pointermove", (event) => {
    if (!held || !event.buttons) return;
    const scale = view.w / root.clientWidth;
    show(view.x - (event.clientX - held[0]) * scale, view.y - (event.clientY - held[1]) * scale, view.w);
    held = [event.clientX, event.clientY];
  });
  root.addEventListener("keydown", (event) => {
    const step = view.w / 10;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (moves[event.key]) show(view.x + moves[event.key][0], view.y + moves[event.key][1], view.w);
    else if (event.key === "+" || event.key === "=") zoom(0.8);
    else if (event.key === "-") zoom(1.25);
    else if (event.key === "0") around(places);
    else return;
    event.preventDefault();
  });
  const button = (words, action) => el("button", { type: "button", onclick: action }, t(words));
  add(section, [
    el("p", { class: "help" }, t("mapHelp"), places.length > MOST_PLACES ? ` ${t("mapCut", { n: grouped(MOST_PLACES) })}` : ""),
    el("div", { class: "frame" }, root, el("div", { class: "buttons" },
      button("zoomIn", () => zoom(0.7)), button("zoomOut", () => zoom(1.4)), button("places", () => around(places)),
      button("korea", () => show(121.5, -39.5, 13)), button("world", () => show(-180, -90, 360)))),
    table({
      caption: t("map"), rows: places, sort: ["mentions", true], search: (row) => [row.name, ...row.aliases, row.country].join(" "),
      columns: [
        { key: "name", words: t("name"), value: (row) => row.name, cell: (row) => entityLink(row.at) },
        { key: "label", words: t("label"), value: (row) => labelWord(row.label), cell: (row) => chip(row.label, row.subtype) },
        { key: "country", words: t("country"), value: (row) => row.country, cell: (row) => ko(row.country) },
        { key: "latitude", words: t("coordinates"), cell: (row) => `${row.latitude.toFixed(2)}, ${row.longitude.toFixed(2)}` },
        { key: "mentions", words: t("nMentions"), number: true, value: (row) => row.nMentions, cell: (row) => grouped(row.nMentions) },
      ],
    }),
  ]);
  section.shown = () => (view ? show(view.x, view.y, view.w) : around(places));
  return section;
}
