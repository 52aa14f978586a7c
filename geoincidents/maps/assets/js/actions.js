// Buttons of the header: filters on small screens, language, theme, sharing, keys.

import { el, refill } from "./dom.js";
import { LANGUAGES } from "./i18n.js";
import { filtersInUse } from "./state.js";
import { cutoff } from "./legend.js";
import { picture } from "./picture.js";
import { copy, csv, download, embedCode, geojson } from "./share.js";

const KEYS = [["/", "search"], ["← →", "step"], ["↑ ↓", "rows"], ["P", "play"], ["+ −", "map"], ["Esc", "close"], ["?", "help"]];

/** Show a dialog by name: "keys", or a list of rows. */
export function openDialog(name, i18n, rows = null) {
  const { t } = i18n;
  const dialog = document.getElementById("gi-dialog");
  const body = rows || KEYS.map(([key, word]) => el("div", { class: "gi-key-row" }, el("kbd", { text: key }), el("span", { text: t(`keys.${word}`) })));
  dialog.setAttribute("aria-labelledby", "gi-dialog-title");
  refill(dialog, el("div", { class: "gi-dialog-head" }, el("h2", { id: "gi-dialog-title", text: t(`${name}.title`) }),
    el("button", { type: "button", class: "gi-tool", "aria-label": t("app.close"), text: "✕", onclick: () => dialog.close() })), body);
  dialog.onclick = (event) => event.target === dialog && dialog.close();
  if (!dialog.open) dialog.showModal();
}

const slug = (title) => title.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-|-$/g, "").slice(0, 60) || "incidents";

/** Build the buttons in `root`. */
export function createActions(root, options) {
  const { i18n, store, style, meta, map, colours, areas, passing, language, theme } = options;
  const { t } = i18n;
  const app = document.getElementById("gi-app");

  function shareRows() {
    const list = passing();
    const name = slug(meta.title);
    const copied = (button) => (button.textContent = t("share.copied"));
    const row = (key, press) => el("button", { type: "button", class: "gi-button", text: t(key), onclick: (event) => press(event.currentTarget) });
    return el("div", { class: "gi-share" },
      row("share.copy", async (button) => (await copy(location.href)) && copied(button)),
      row("share.embed", async (button) => (await copy(embedCode(location.href, meta.title))) && copied(button)),
      row("share.geojson", () => download(`${name}.geojson`, geojson(store, style, areas(), list), "application/geo+json")),
      row("share.csv", () => download(`${name}.csv`, csv(store, style, list), "text/csv")),
      row("share.png", async () => download(`${name}.png`, await picture(map.leaflet.getContainer(), { title: meta.title, footer: [cutoff(meta, t), meta.attribution].join(" · "), colours: colours() }))),
      row("share.print", () => (document.getElementById("gi-dialog").close(), print())),
      el("p", { class: "gi-hint", text: t("share.note", { n: list.length }) }));
  }

  const tool = (cls, key, text, press) => el("button", { type: "button", class: `gi-tool ${cls}`, "aria-label": t(key), title: t(key), onclick: press, text });
  const filters = el("button", { type: "button", class: "gi-tool gi-filter-toggle", "aria-expanded": "false" }, el("span", { text: t("app.filters") }));
  const inUse = filters.appendChild(el("span", { class: "gi-chosen" }));
  const showFilters = (on) => {
    app.classList.toggle("gi-show-filters", on);
    filters.setAttribute("aria-expanded", String(on));
    map.leaflet.invalidateSize({ pan: false });
  };
  filters.addEventListener("click", () => showFilters(!app.classList.contains("gi-show-filters")));
  const languages = el("select", { class: "gi-select", "aria-label": t("app.language") },
    LANGUAGES.map((lang) => el("option", { value: lang, lang, text: lang.toUpperCase() })));
  languages.value = i18n.lang;
  languages.addEventListener("change", () => language(languages.value));
  refill(root, filters,
    el("button", { type: "button", class: "gi-tool gi-share-button", text: t("app.share"), onclick: () => openDialog("share", i18n, [shareRows()]) }),
    languages, tool("gi-theme", "app.theme", "◐", theme), tool("gi-help", "app.keys", "?", () => openDialog("keys", i18n)));
  return {
    /** Tell how many filters a state sets, where the filters themselves are out of sight. */
    update: (state) => (inUse.textContent = filtersInUse(state) || ""),
    hideFilters: () => showFilters(false),
  };
}
