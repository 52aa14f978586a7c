// The incident layer for a map that is not ours, such as folium's: the same engine and panel.

import { basemapPainter, readBasemap } from "./basemap.js";
import { readData } from "./data.js";
import { el } from "./dom.js";
import { createEngine } from "./engine.js";
import { LANGUAGES, translator } from "./i18n.js";
import { labelPainter } from "./labels.js";
import { createPanel } from "./panel.js";
import { paintKinds } from "./symbols.js";
import { palette } from "./theme.js";
import { titler, tooltip } from "./titles.js";

/** Put the data of script element `id` on a Leaflet map. */
export function attach(map, id, { L, Supercluster }) {
  const raw = JSON.parse(document.getElementById(id).textContent);
  const { style, meta } = raw;
  const store = readData(raw.data);
  const i18n = translator(raw.messages, meta.language);
  const frame = map.getContainer();
  const body = el("div", { class: "gi-panel-body", tabindex: "0", role: "group", "aria-label": i18n.t("app.details") });
  const panel = el("aside", { class: "gi-panel gi-embedded", hidden: true, "aria-label": i18n.t("app.details") },
    el("div", { class: "gi-panel-bar" }, el("button", {
      type: "button", class: "gi-tool gi-close", "aria-label": i18n.t("app.close"), text: "✕", onclick: () => select(-1),
    })), body);
  const tip = el("div", { class: "gi-tip gi-embedded", hidden: true, "aria-hidden": "true" });
  frame.append(panel, tip);
  L.DomEvent.disableClickPropagation(panel).disableScrollPropagation(panel);
  paintKinds(style, frame, false);
  map.attributionControl?.setPrefix("Leaflet");

  const builder = createPanel({ store, style, i18n });
  const title = titler(store, style, () => i18n);
  const colours = () => palette(false);
  const base = raw.basemap ? readBasemap(raw.basemap) : null;
  let engine = null;
  const labels = base && labelPainter(base, {
    colours, family: "sans-serif", language: () => LANGUAGES.indexOf(i18n.lang),
    obstacles: (view) => (engine ? engine.obstacles(view) : []),
  });

  function open() {
    panel.hidden = false;
    body.scrollTop = 0;
    body.querySelector("h2")?.focus({ preventScroll: true });
  }

  function select(i) {
    engine.select(i);
    panel.hidden = i < 0;
    if (i < 0) return;
    builder.incident(body, i);
    open();
  }

  engine = createEngine(map, store, {
    L, Supercluster, style, colours, title, isDark: () => false, pane: base ? "tilePane" : "overlayPane",
    t: i18n.t, number: i18n.number, under: base ? [basemapPainter(base, colours)] : [], over: labels ? [labels] : [],
    onSelect: select, onMiss: () => select(-1), onHover: tooltip(tip, frame),
    onGroup: (list) => {
      builder.group(body, [...new Set(list)], title, select);
      open();
    },
  });
  engine.filter(null);
  frame.dataset.ready = "true";
  return { store, engine, select, show: builder.incident };
}
