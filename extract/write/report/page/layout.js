// Places for the nodes of a graph: forces between all nodes and along the edges, from a fixed beginning, so that
// the same graph always looks the same. Separate groups are laid out by themselves and set side by side.
const SPACING = 62;

function groupsOf(nodes, edges) {
  const parent = new Map(nodes.map((node) => [node.id, node.id]));
  const root = (id) => {
    while (parent.get(id) !== id) {
      parent.set(id, parent.get(parent.get(id)));
      id = parent.get(id);
    }
    return id;
  };
  for (const edge of edges) parent.set(root(edge.source), root(edge.target));
  const found = new Map();
  for (const node of nodes) {
    const key = root(node.id);
    if (!found.has(key)) found.set(key, []);
    found.get(key).push(node);
  }
  return [...found.values()].sort((a, b) => b.length - a.length);
}

function forced(nodes, edges) {
  const n = nodes.length;
  if (n < 3) return nodes.map((node, i) => [node.id, 0, i * SPACING * 1.2]);
  const x = new Float64Array(n);
  const y = new Float64Array(n);
  const number = new Map(nodes.map((node, at) => [node.id, at]));
  for (let i = 0; i < n; i++) { // a sunflower's seeds
    const radius = SPACING * 0.7 * Math.sqrt(i + 0.5);
    x[i] = radius * Math.cos(i * 2.399963);
    y[i] = radius * Math.sin(i * 2.399963);
  }
  const ends = edges.filter((edge) => number.has(edge.source) && number.has(edge.target) && edge.source !== edge.target)
    .map((edge) => [number.get(edge.source), number.get(edge.target)]);
  const rounds = n > 250 ? 160 : 320;
  const dx = new Float64Array(n);
  const dy = new Float64Array(n);
  for (let round = 0; round < rounds; round++) {
    dx.fill(0);
    dy.fill(0);
    for (let i = 0; i < n; i++) {
      for (let j = i + 1; j < n; j++) {
        const a = x[i] - x[j];
        const b = y[i] - y[j];
        const push = (SPACING * SPACING) / Math.max(a * a + b * b, 25);
        dx[i] += a * push; dy[i] += b * push;
        dx[j] -= a * push; dy[j] -= b * push;
      }
    }
    for (const [i, j] of ends) {
      const a = x[i] - x[j];
      const b = y[i] - y[j];
      const pull = Math.sqrt(a * a + b * b) / SPACING;
      dx[i] -= a * pull; dy[i] -= b * pull;
      dx[j] += a * pull; dy[j] += b * pull;
    }
    const reach = SPACING * 0.6 * (1 - round / rounds) + 1;
    for (let i = 0; i < n; i++) {
      const fx = dx[i] - x[i] * 0.03;
      const fy = dy[i] - y[i] * 0.03;
      const length = Math.sqrt(fx * fx + fy * fy) || 1;
      const step = Math.min(length, reach) / length;
      x[i] += fx * step;
      y[i] += fy * step;
    }
  }
  return nodes.map((node, i) => [node.id, x[i], y[i]]);
}

// Node id -> {x, y}.
function positionsOf(nodes, edges) {
  const places = new Map();
  const boxes = groupsOf(nodes, edges).map((group) => {
    const at = forced(group, edges);
    const xs = at.map((one) => one[1]);
    const ys = at.map((one) => one[2]);
    const left = Math.min(...xs) - SPACING;
    const top = Math.min(...ys) - SPACING * 0.6;
    return { at, left, top, width: Math.max(...xs) - left + SPACING, height: Math.max(...ys) - top + SPACING * 0.6 };
  });
  // The largest group first, the others in lines beside and below it, in about the shape of a screen.
  const area = boxes.reduce((sum, box) => sum + box.width * box.height, 0);
  const line = Math.max(boxes[0]?.width ?? 0, Math.sqrt(area * 1.9));
  const put = (box, x, y) => {
    for (const [id, px, py] of box.at) places.set(id, { x: x + px - box.left, y: y + py - box.top });
  };
  let [left, x, y, deep, floor] = [0, 0, 0, 0, Infinity];
  boxes.forEach((box, at) => {
    if (at === 0) {
      put(box, 0, 0);
      if (line - box.width > (boxes[1]?.width ?? Infinity)) [left, x, floor] = [box.width, box.width, box.height];
      else y = box.height;
      return;
    }
    if (x > left && x + box.width > line) [x, y, deep] = [left, y + deep, 0];
    if (y >= floor) [left, x, y, floor] = [0, 0, Math.max(y, floor), Infinity];
    put(box, x, y);
    x += box.width;
    deep = Math.max(deep, box.height);
  });
  return places;
}
