// What is behind a mention: shown beside it on hover and focus, kept open by a click or the Enter key.
const card = document.getElementById("card");
let pinnedBy = null;
let quiet = false;

function fillCard(mention, pinned) {
  const entity = ENTITIES[mention.entity];
  const lines = [
    [t("value"), mention.value ?? (entity ? entity.name : null)],
    [t("jobTitle"), entity?.title],
    [t("affiliation"), entity?.affiliation],
    [t("aliases"), entity?.aliases.slice(0, 6).join(", ")],
    [t("rule"), mention.rule],
    [t("score"), String(mention.score)],
  ].filter(([, value]) => value);
  card.replaceChildren(
    chip(mention.label, mention.subtype),
    el("dl", {}, lines.map(([name, value]) => [el("dt", {}, name), el("dd", { lang: "ko" }, value)])),
  );
  if (pinned) {
    const row = el("p", { class: "actions" });
    if (entity) row.append(link(toEntity(mention.entity), t("showEntity")));
    row.append(el("button", { type: "button", onclick: () => closeCard(true) }, t("close")));
    card.append(row);
  }
}

function placeCard(mark) {
  card.hidden = false;
  const box = mark.getBoundingClientRect();
  const narrow = window.innerWidth < 640;
  card.classList.toggle("sheet", narrow && pinnedBy !== null);
  if (narrow && pinnedBy !== null) {
    card.style.left = card.style.top = "";
    return;
  }
  const left = Math.max(8, Math.min(box.left, window.innerWidth - card.offsetWidth - 8));
  const below = box.bottom + 6;
  const top = below + card.offsetHeight < window.innerHeight ? below : Math.max(8, box.top - card.offsetHeight - 6);
  card.style.left = `${left + window.scrollX}px`;
  card.style.top = `${top + window.scrollY}px`;
}

function showCard(mark, mention) {
  if (pinnedBy || quiet) return;
  card.setAttribute("role", "tooltip");
  card.removeAttribute("aria-label");
  fillCard(mention, false);
  placeCard(mark);
  mark.setAttribute("aria-describedby", "card");
}

function hideCard(mark) {
  mark?.removeAttribute("aria-describedby");
  if (!pinnedBy) card.hidden = true;
}

function pinCard(mark, mention) {
  closeCard();
  pinnedBy = mark;
  card.setAttribute("role", "dialog");
  card.setAttribute("aria-label", mark.textContent);
  fillCard(mention, true);
  placeCard(mark);
  card.querySelector("a, button").focus();
}

function closeCard(back = false) {
  const mark = pinnedBy;
  pinnedBy = null;
  hideCard(mark);
  quiet = true; // the focus that comes back must not open it again
  if (back) mark?.focus();
  quiet = false;
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !card.hidden) closeCard(pinnedBy !== null && card.contains(document.activeElement));
});
document.addEventListener("pointerdown", (event) => {
  if (pinnedBy && !card.contains(event.target) && !event.target.closest?.(".m")) closeCard();
});

// A mention in the text.
function markOf(mention, content) {
  const mark = el("span", { class: `m m-${mention.label}`, role: "button", tabIndex: 0 }, content);
  mark.dataset.label = mention.label;
  mark.addEventListener("mouseenter", () => showCard(mark, mention));
  mark.addEventListener("mouseleave", () => hideCard(mark));
  mark.addEventListener("focus", () => showCard(mark, mention));
  mark.addEventListener("blur", () => hideCard(mark));
  mark.addEventListener("click", () => pinCard(mark, mention));
  mark.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      pinCard(mark, mention);
    }
  });
  return mark;
}
