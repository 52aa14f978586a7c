// The page: wires the map, the filters, the time strip, the table and the panel to one state.

import { createActions, openDialog } from "./actions.js";
import { basemapPainter, readBasemap } from "./basemap.js";
import { mainPlace, readData } from "./data.js";
import { debounce, el, refill } from "./dom.js";
import { createEngine } from "./engine.js";
import { createFilterPanel } from "./facets.js";
import { createFilters } from "./filters.js";
import { LANGUAGES, translator } from "./i18n.js";
import { labelPainter } from "./labels.js";
import { createFooter, createLegend } from "./legend.js";
import { createLater } from "./later.js";
import { createMap } from "./leafletmap.js";
import { createPanel } from "./panel.js";
import { inWindow } from "./places.js";
import { listenPrinting } from "./printing.js";
import { createSearch } from "./search.js";
import { createSheet } from "./sheet.js";
import { emptyState, formatHash, parseHash } from "./state.js";
import { paintKinds } from "./symbols.js";
import { createTable } from "./table.js";
import { palette } from "./theme.js";
import { createTimeline } from "./timeline.js";
import { titler, tooltip } from "./titles.js";
import { listenKeys } from "./keys.js";

const byId = (id) => document.getElementById(id);

// Up to so many incidents, all of the page is made before it is said to be ready.
const SMALL = 5000;

/** Start the page from its data. */
export function start(raw, { L, Supercluster }) {
  const { meta, style, messages } = raw;
  const store = readData(raw.data);
  const filters = createFilters(store, style);
  const root = document.documentElement;
  const state = parseHash(location.hash);
  const scheme = matchMedia("(prefers-color-scheme: dark)");
  const motion = matchMedia("(prefers-reduced-motion: reduce)");
  const isDark = () => !root.classList.contains("gi-print") && (state.theme ? state.theme === "dark" : scheme.matches);
  let i18n = translator(messages, state.lang || meta.language);
  let ui = {};
  let mask = filters.mask();
  let selected = -1;
  let opener = null;
  const { later, flush } = createLater({ eager: store.n <= SMALL });

  const title = titler(store, style, () => i18n);
  const base = raw.basemap ? readBasemap(raw.basemap) : null;
  const colours = () => palette(isDark());
  const map = createMap(L, byId("gi-map"), { meta, motion, tiles: raw.tiles });
  const options = {
    L, Supercluster, style, colours, isDark, title, pane: "tilePane",
    t: (...args) => i18n.t(...args), number: (n) => i18n.number(n),
    under: base && !raw.tiles ? [basemapPainter(base, colours)] : [],
    over: base && !raw.tiles ? [labelPainter(base, {
      colours, family: getComputedStyle(document.body).fontFamily,
      language: () => LANGUAGES.indexOf(i18n.lang),
      obstacles: (view) => (engine ? engine.obstacles(view) : []),
    })] : [],
    onSelect: (i) => select(i), onGroup: group, onMiss: () => select(-1), onHover: tooltip(byId("gi-tip"), byId("gi-map")),
  };
  let engine = null;
  engine = createEngine(map.leaflet, store, options);

  // What a reader sees follows from the state; every control only patches the state.

  function change(patch, { quiet = false } = {}) {
    Object.assign(state, patch);
    filters.apply(state);
    if (!quiet) redraw();
    writeHash();
  }

  function redraw() {
    mask = filters.mask();
    for (const layer of ["strike", "response"]) engine.show(layer, state.layers.includes(layer));
    engine.filter(mask);
    if (selected >= 0 && !mask[selected]) select(-1, { focus: false });
    inView();
    later("search", () => ui.search.update(state));
    later("time", () => ui.time.update(state, filters.mask("time")));
    later("filters", () => ui.filters.update(state, layerCounts()));
    ui.actions.update(state);
  }

  function layerCounts() {
    const passing = filters.mask("layers");
    const sums = { strike: 0, response: 0 };
    for (let i = 0; i < store.n; i++) if (passing[i]) sums[style.kinds[store.col.kind[i]].layer]++;
    return sums;
  }

  let visible = 0;

  /** Which incidents are in the window: counts, table, notes. */
  function inView() {
    const bounds = map.leaflet.getBounds();
    const seen = inWindow(store, engine, [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()], mask, engine.scene.view().window);
    visible = seen.reduce((sum, one) => sum + one, 0);
    root.dataset.visible = visible;
    root.dataset.total = store.n;
    later("table", () => ui.table.update(seen));
    const { t } = i18n;
    const counts = [t("count.visible", { visible, n: store.n }), t("count.reports", { n: store.reports }), meta.cutoff ? t("app.cutoff", { date: meta.cutoff }) : null];
    byId("gi-counts").textContent = counts.filter(Boolean).join(" · ");
    note();
  }

  function note() {
    const { t } = i18n;
    const passing = mask.some((m) => m === 1);
    const box = byId("gi-note");
    const text = store.n === 0 ? "empty.data" : !passing ? "empty.filter" : visible === 0 ? "empty.view" : null;
    box.hidden = !text;
    if (!text) return;
    const action = text === "empty.filter" ? ["empty.reset", reset] : text === "empty.view" ? ["empty.fit", map.home] : null;
    refill(box, el("p", { text: t(text) }), action ? el("button", { type: "button", class: "gi-button", text: t(action[0]), onclick: action[1] }) : null);
  }

  function reset() {
    const kept = Object.fromEntries(["lang", "theme", "table", "view", "selected"].map((name) => [name, state[name]]));
    change({ ...emptyState(), ...kept });
  }

  function select(i, { focus = true, move = false } = {}) {
    flush();
    if (i >= 0 && selected < 0) opener = document.activeElement;
    selected = i;
    state.selected = i < 0 ? null : store.inc.id(i);
    engine.select(i);
    ui.table.select(i);
    byId("gi-panel").hidden = i < 0;
    if (i >= 0) {
      ui.panel.incident(byId("gi-panel-body"), i);
      opened(focus);
    } else if (focus && opener?.isConnected) {
      opener.focus({ preventScroll: true });
    }
    ui.sheet.update(i >= 0);
    map.leaflet.invalidateSize({ pan: false });
    if (i >= 0) (move ? reveal : uncover)(i);
    writeHash();
  }

  function opened(focus) {
    const body = byId("gi-panel-body");
    body.scrollTop = 0;
    if (focus) body.querySelector("h2")?.focus({ preventScroll: true });
  }

  function group(list) {
    byId("gi-panel").hidden = false;
    ui.panel.group(byId("gi-panel-body"), [...new Set(list)], title, (i) => select(i));
    ui.sheet.update(true);
    map.leaflet.invalidateSize({ pan: false });
    opened(true);
  }

  /** Bring an incident's place into what the panel leaves free of the map. */
  function reveal(i) {
    const place = mainPlace(store.incident(i));
    if (!place) return;
    if (place.area >= 0) map.fit(engine.areas[place.area].box, 9, byId("gi-panel"));
    else if (map.shows(place.lat, place.lon)) uncover(i);
    else map.go(place.lat, place.lon, Math.max(map.leaflet.getZoom(), 9), byId("gi-panel"));
  }

  function uncover(i) {
    const place = mainPlace(store.incident(i));
    if (place?.area < 0 && map.shows(place.lat, place.lon, 0.6)) map.uncover(place.lat, place.lon, byId("gi-panel"));
  }

  /** As near as tells it from its neighbours. */
  function zoomTo(i) {
    const place = i >= 0 ? mainPlace(store.incident(i)) : null;
    if (place?.area < 0) map.go(place.lat, place.lon, Math.max(map.leaflet.getZoom(), 11), byId("gi-panel"));
    else if (place) reveal(i);
  }

  const writeHash = debounce(() => {
    const center = map.leaflet.getCenter();
    state.view = { zoom: map.leaflet.getZoom(), lat: center.lat, lon: ((center.lng + 540) % 360 + 360) % 360 - 180 };
    const hash = `#${formatHash(state)}`;
    try {
      if (hash !== location.hash) history.replaceState(null, "", hash);
    } catch {
      // A page opened inside a sandboxed frame may not keep its state; it still works.
    }
  }, 150);

  function build() {
    i18n = translator(messages, state.lang || meta.language);
    root.lang = i18n.lang;
    const { t } = i18n;
    map.label(t);
    const shared = { store, style, i18n, title };
    const panelBody = el("div", { id: "gi-panel-body", class: "gi-panel-body", tabindex: "0", role: "group", "aria-label": t("app.details") });
    refill(byId("gi-panel"), el("div", { class: "gi-panel-bar" }, el("span", { class: "gi-grip", "aria-hidden": "true" }), el("button", { type: "button", class: "gi-tool gi-zoom-to", text: t("panel.zoom"), onclick: () => zoomTo(selected) }), el("button", { type: "button", class: "gi-tool gi-close", "aria-label": t("app.close"), title: t("app.close"), text: "✕", onclick: () => select(-1) })), panelBody);
    const filterBody = el("div", { class: "gi-filter-body" });
    refill(byId("gi-filters"), el("div", { class: "gi-filter-bar" }, el("h2", { text: t("app.filters") }), el("button", { type: "button", class: "gi-plain gi-reset", text: t("filter.reset"), onclick: reset })), filterBody);
    ui = {
      filters: createFilterPanel(filterBody, { ...shared, filters, change }),
      time: createTimeline(byId("gi-time"), { ...shared, change: (from, to) => change({ from, to }) }),
      panel: createPanel(shared),
      search: createSearch(byId("gi-search"), { ...shared, select: (i) => select(i, { move: true }), goto: gotoPlace, query: (query) => query !== state.query && change({ query }) }),
      sheet: createSheet(byId("gi-panel")),
    };
    ui.table = createTable(tableBody(t), { ...shared, select: (i) => select(i, { move: true }) });
    ui.actions = createActions(byId("gi-actions"), { ...shared, state, meta, map, colours, areas: () => engine.areas, passing: () => [...mask.keys()].filter((i) => mask[i]), language, theme });
    for (const [id, key] of [["gi-map", "app.map"], ["gi-time", "time.title"], ["gi-table", "table.title"], ["gi-filters", "app.filters"], ["gi-panel", "app.details"]]) byId(id).setAttribute("aria-label", t(key));
    byId("gi-skip").textContent = t("app.skip");
    createLegend(byId("gi-legend"), { style, i18n, kindsShown: kindsShown(), hasAreas: engine.coarse.size > 0, hasLaunch: store.col.role.includes(1) });
    createFooter(byId("gi-foot"), { meta, i18n });
  }

  function tableBody(t) {
    const body = el("div", { class: "gi-table-body" });
    const toggle = el("button", { type: "button", class: "gi-table-toggle", "aria-expanded": "true" }, t("table.title"));
    const show = (on) => {
      byId("gi-app").classList.toggle("gi-no-table", !on);
      toggle.setAttribute("aria-expanded", String(on));
      map.leaflet.invalidateSize({ pan: false });
    };
    toggle.addEventListener("click", () => {
      state.table = toggle.getAttribute("aria-expanded") !== "true";
      show(state.table);
      writeHash();
    });
    refill(byId("gi-table"), toggle, body);
    show(state.table ?? (innerHeight >= 820 && innerWidth > 1000));
    return body;
  }

  function kindsShown() {
    const shown = new Set(store.col.kind);
    for (let row = 0; row < store.raw.response.n; row++) shown.add(store.read.response.style(row));
    return shown;
  }

  function gotoPlace(place) {
    if (place.list.length === 1) return select(place.list[0], { move: true });
    const area = store.col.area[place.row];
    if (area >= 0) return map.fit(engine.areas[area].box, 10);
    return map.go(store.col.y[place.row] / store.grid, store.col.x[place.row] / store.grid, 10);
  }

  function language(lang) {
    state.lang = lang;
    build();
    engine.relabel();
    redraw();
    if (selected >= 0) select(selected, { focus: false });
    writeHash();
  }

  function dress() {
    root.dataset.theme = isDark() ? "dark" : "light";
    paintKinds(style, root, isDark());
    engine?.scene.repaint();
  }

  function theme() {
    state.theme = isDark() ? "light" : "dark";
    dress();
    writeHash();
  }

  scheme.addEventListener("change", dress);
  const follow = debounce(inView, 120);
  map.leaflet.on("moveend", () => (follow(), writeHash()));
  addEventListener("hashchange", () => {
    Object.assign(state, parseHash(location.hash));
    applyState();
  });

  function applyState() {
    if (state.view) map.leaflet.setView([state.view.lat, state.view.lon], state.view.zoom, { animate: false });
    change({}, { quiet: false });
    const i = state.selected ? store.find(state.selected) : -1;
    if (i !== selected) select(i, { focus: false, move: !state.view });
  }

  dress();
  build();
  if (!state.view) map.home();
  applyState();
  listenKeys({
    search: () => ui.search.focus(), step: (by) => (flush(), ui.time.step(by)), play: () => (flush(), ui.time.toggle()),
    rows: (by) => {
      flush();
      const i = ui.table.beside(selected, by);
      if (i >= 0) select(i, { move: true, focus: false });
    },
    close: () => (selected >= 0 || !byId("gi-panel").hidden ? select(-1) : ui.actions.hideFilters()),
    help: () => openDialog("keys", i18n),
  });
  listenPrinting(root, map.leaflet, () => (flush(), ui.table), dress);
  requestAnimationFrame(() => (root.dataset.ready = "true"));
  return { store, engine, map, state, select, show: (node, i) => ui.panel.incident(node, i) };
}
