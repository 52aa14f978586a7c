// The search box: places first, then incidents whose text holds the words.

import { el, refill } from "./dom.js";
import { fold, searchText } from "./filters.js";

const LIMIT = 8;

/** Places of the data with how many incidents each has, most first. */
export function placeIndex(store) {
  const found = new Map();
  for (let i = 0; i < store.n; i++) {
    for (let row = store.at.loc[i]; row < store.at.loc[i + 1]; row++) {
      const name = store.read.place.name(row);
      if (!name) continue;
      const entry = found.get(name) || { name, row, list: [] };
      if (entry.list.at(-1) !== i) entry.list.push(i);
      found.set(name, entry);
    }
  }
  return [...found.values()].map((entry) => ({ ...entry, key: fold(entry.name) }))
    .sort((a, b) => b.list.length - a.list.length);
}

/** Places that match, and incidents whose text does. */
export function find(places, texts, query, limit = LIMIT) {
  const words = fold(query.trim());
  if (!words) return { places: [], incidents: [] };
  const starts = places.filter((p) => p.key.startsWith(words));
  const within = places.filter((p) => !p.key.startsWith(words) && p.key.includes(words));
  const incidents = [];
  const parts = words.split(/\s+/);
  for (let i = 0; i < texts.length && incidents.length < limit; i++) {
    if (parts.every((part) => texts[i].includes(part))) incidents.push(i);
  }
  return { places: [...starts, ...within].slice(0, limit), incidents };
}

/** Build the box in `root`. */
export function createSearch(root, { store, i18n, title, goto, select, query }) {
  const { t } = i18n;
  let places = null;
  let texts = null;
  let active = -1;
  const list = el("ul", { class: "gi-results", id: "gi-results", role: "listbox", "aria-label": t("search.label"), hidden: true });
  const box = el("input", {
    type: "search", class: "gi-search-box", placeholder: t(innerWidth > 600 ? "search.label" : "search.short"), "aria-label": t("search.label"), role: "combobox",
    "aria-expanded": "false", "aria-controls": "gi-results", "aria-autocomplete": "list", autocomplete: "off", spellcheck: "false", dir: "auto",
  });
  refill(root, box, list);

  function results() {
    places = places || placeIndex(store);
    texts = texts || Array.from({ length: store.n }, (_, i) => searchText(store, i));
    const found = find(places, texts, box.value);
    const rows = [
      ...found.places.map((p) => row(p.name, t("count.incidents", { n: p.list.length }), () => goto(p))),
      ...found.incidents.map((i) => row(title(i), "", () => select(i))),
    ];
    if (found.incidents.length) rows.push(row(t("search.text", { q: box.value.trim() }), "", () => query(box.value.trim())));
    if (!rows.length && box.value.trim()) rows.push(el("li", { class: "gi-result gi-dim", role: "option", "aria-disabled": "true", text: t("search.none") }));
    rows.forEach((node, k) => (node.id = `gi-result-${k}`));
    refill(list, rows);
    active = -1;
    show(rows.length > 0);
  }

  function row(text, note, press) {
    const node = el("li", { class: "gi-result", role: "option", "aria-selected": "false" }, el("bdi", { text }), note ? el("small", { text: note }) : null);
    node.press = () => {
      press();
      show(false);
    };
    node.addEventListener("mousedown", (event) => event.preventDefault());
    node.addEventListener("click", node.press);
    return node;
  }

  function show(on) {
    list.hidden = !on;
    box.setAttribute("aria-expanded", String(on));
    if (!on) box.removeAttribute("aria-activedescendant");
  }

  function move(by) {
    const rows = [...list.children];
    if (!rows.length) return;
    active = (active + by + rows.length) % rows.length;
    rows.forEach((node, k) => node.setAttribute("aria-selected", String(k === active)));
    box.setAttribute("aria-activedescendant", rows[active].id);
    rows[active].scrollIntoView({ block: "nearest" });
  }

  box.addEventListener("input", () => {
    results();
    if (!box.value) query("");
  });
  box.addEventListener("blur", () => show(false));
  box.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      const chosen = list.children[active];
      if (chosen?.press && !list.hidden) chosen.press();
      else query(box.value.trim()), show(false);
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      show(false);
    }
  });
  return {
    focus: () => box.focus(),
    update: (state) => document.activeElement !== box && (box.value = state.query),
  };
}
