// The incident layer: clusters, symbols and areas on any Leaflet map, popup-free and markup-free.

import { drawArea, drawCircle, drawPath, hits, labelSpot, readAreas } from "./areas.js";
import { el } from "./dom.js";
import { lonOf, latOf } from "./mercator.js";
import { createScene } from "./scene.js";
import { clusterSymbol, diameter, symbol, toll } from "./symbols.js";
import { occupancy } from "./labels.js";
import { createPins } from "./pins.js";
import { areasOf, pointsOf, responsesOf } from "./places.js";

const MAX_PATHS = 150;
// Half the height that a chip takes, in pixels.
const CHIP = 14;
// Clusters of so many marks at most are counted by incident; one incident may have several.
const MAX_TOLD = 400;

/**
 * Put a store on a map.
 *
 * `options`: `style`, `t`, `colours()`, `under` and `over` (painters below and above
 * the areas), `onSelect(i)`, `onHover(text, x, y)`, `title(i)`, `Supercluster`, `L`.
 */
export function createEngine(map, store, options) {
  const { L, Supercluster, style, t } = options;
  const areas = readAreas(store.raw.areas);
  const points = pointsOf(store, style);
  const coarse = areasOf(store, style);
  const kinds = style.kinds;
  const present = [...new Set(points.map((p) => p.kind))];
  const nameOf = Object.fromEntries(present.map((k) => [k, `kind ${kinds[k].id}`]));
  const names = Object.values(nameOf);
  const layers = { strike: true, response: true };
  const pins = createPins(map, "gi-symbols");
  const chipPins = createPins(map, "gi-chips");
  const markers = new Map();
  let mask = null;
  let started = false;
  let held = false;
  let waits = false;
  let index = null;
  let selected = -1;
  let live = [];
  let boxes = [];

  const passes = (i) => !mask || mask[i] === 1;
  const layerOf = (i) => kinds[store.col.kind[i]].layer;
  const colourOf = (kind) => (options.isDark() ? kind.dark : kind.light);

  /** Count kinds of a cluster: `sum` begins as a copy of a point, `one` is a point or a cluster. */
  function addUp(sum, one) {
    if (sum[names[0]] === undefined) {
      for (const name of names) sum[name] = 0;
      sum[nameOf[sum.kind]] = 1;
    }
    if (one[names[0]] === undefined) sum[nameOf[one.kind]] += 1;
    else for (const name of names) sum[name] += one[name];
  }

  function rebuild() {
    const features = points.filter((point) => passes(point.i) && layers[kinds[point.kind].layer]);
    index = new Supercluster({
      extent: 256, radius: 52, maxZoom: 11, minPoints: 2,
      reduce: addUp,
    });
    index.load(features);
    live = [...coarse].map(([area, list]) => ({
      area, list: list.filter((e) => passes(e.i) && layers[layerOf(e.i)]),
    })).filter((entry) => entry.list.length);
  }

  // Drawing below the symbols.

  function lookOf(entry) {
    const best = entry.list.find((e) => e.i === selected) || entry.list[0];
    const kind = kinds[best.kind];
    return {
      colour: colourOf(kind), wide: kind.layer === "response" && kind.id === "alert",
      outline: style.verification[store.raw.verification[store.col.verification[best.i]]],
      selected: best.i === selected, faint: areas[entry.area].precision === "country",
      halo: options.colours().halo,
    };
  }

  function paintAreas(ctx, view) {
    for (const entry of [...live].sort((a, b) => reach(b.area) - reach(a.area))) {
      drawArea(ctx, areas[entry.area], view, lookOf(entry));
    }
    if (selected >= 0 && passes(selected)) paintSelected(ctx, view);
    paintShapes(ctx, view);
  }

  const reach = (number) => areas[number].box[2] - areas[number].box[0];

  function paintShapes(ctx, view) {
    for (const { point } of shownPoints()) {
      const kind = kinds[point.kind];
      const area = store.col.area[point.row];
      const look = {
        colour: colourOf(kind), outline: "dotted", faint: true, selected: point.i === selected,
        halo: options.colours().halo,
      };
      if (point.row >= 0 && area >= 0) {
        drawArea(ctx, areas[area], view, look);
      } else if (point.row >= 0) {
        drawCircle(ctx, view, { lon: point.lon, lat: point.lat, metres: store.col.uncertainty[point.row] }, look.colour);
      }
    }
  }

  function paintSelected(ctx, view) {
    paths(selected).forEach(([from, to]) => {
      drawPath(ctx, view, from, to, options.colours().path, true);
    });
    for (const place of store.incident(selected).places) {
      if (place.role !== "launch" || place.area < 0) continue;
      drawArea(ctx, areas[place.area], view, {
        colour: options.colours().path, outline: "dotted", faint: true, halo: options.colours().halo,
      });
    }
  }

  function paintPaths(ctx, view) {
    const near = shownPoints();
    if (near.length > MAX_PATHS) return;
    for (const i of new Set(near.map(({ point }) => point.i))) {
      if (i === selected) continue;
      for (const [from, to] of paths(i)) drawPath(ctx, view, from, to, options.colours().path, false);
    }
  }

  function paths(i) {
    const item = store.incident(i);
    const from = item.places.filter((p) => p.role === "launch");
    const to = item.places.filter((p) => p.role === "target" && p.shown);
    return from.flatMap((a) => to.map((b) => [[a.lon, a.lat], [b.lon, b.lat]]));
  }

  const shownPoints = () => [...markers.values()].filter((m) => m.point);

  const painters = [...options.under, paintAreas, paintPaths, ...options.over];
  const scene = createScene(L, painters, options.pane);
  scene.addTo(map);

  // Symbols.

  function bounds() {
    const b = map.getBounds().pad(0.12);
    const wide = b.getEast() - b.getWest() >= 360;
    return [
      wide ? -180 : b.getWest(), Math.max(-90, b.getSouth()), wide ? 180 : b.getEast(),
      Math.min(90, b.getNorth()),
    ];
  }

  const nearest = (lon) => lon + 360 * Math.round((map.getCenter().lng - lon) / 360);

  function refresh() {
    if (!started) return;
    if (!index) rebuild();
    const zoom = Math.floor(map.getZoom());
    const wanted = new Map();
    for (const found of index.getClusters(bounds(), zoom)) {
      const { cluster, point_count: count, n } = found.properties;
      const key = cluster ? `c${found.id}-${count}` : `p${n}`;
      wanted.set(key, found);
    }
    for (const [key, entry] of markers) {
      if (!wanted.has(key)) {
        pins.remove(entry.marker);
        markers.delete(key);
      }
    }
    pins.settle();
    for (const [key, found] of wanted) if (!markers.has(key)) markers.set(key, add(found));
    mark();
    chips();
    boxes = obstacleBoxes();
    scene.repaint();
  }

  function add(found) {
    return found.properties.cluster ? addCluster(found) : addPoint(found.properties);
  }

  function pin(lon, lat, node, press, title) {
    node.setAttribute("aria-label", title);
    node.addEventListener("click", (event) => {
      event.stopPropagation();
      press();
    });
    node.addEventListener("keydown", (event) => event.key === "Enter" && event.stopPropagation());
    for (const [type, text] of [["mouseenter", title], ["focus", title], ["mouseleave", ""], ["blur", ""]]) {
      node.addEventListener(type, () => options.onHover(text, node));
    }
    return pins.add(node, nearest(lon), lat);
  }

  function addCluster(found) {
    const counts = new Array(kinds.length).fill(0);
    for (const k of present) counts[k] = found.properties[nameOf[k]];
    const marks = found.properties.point_count;
    const [lon, lat] = found.geometry.coordinates;
    const leaves = marks > MAX_TOLD ? [] : index.getLeaves(found.id, MAX_TOLD).map((p) => p.properties);
    const count = leaves.length ? new Set(leaves.map((p) => p.i)).size : marks;
    if (count === 1 && leaves[0].row >= 0) return addPoint({ ...leaves[0], lon, lat });
    const size = count < 10 ? 38 : count < 100 ? 44 : count < 1000 ? 50 : 56;
    const parts = counts.map((n, k) => n && `${t(`kind.${kinds[k].id}`)}: ${options.number(n)}`);
    const title = `${t("cluster.title", { n: count })} — ${parts.filter(Boolean).join(", ")}`;
    const node = el("button", { type: "button", class: "gi-marker gi-cluster-button" },
      clusterSymbol(style, counts, marks, size),
      el("span", { class: "gi-count", text: short(count) }));
    const marker = pin(lon, lat, node, () => open(found), title);
    return { marker, size, lon, lat, node };
  }

  const short = (n) => (n < 10000 ? options.number(n) : `${options.number(Math.round(n / 1000))}k`);

  function open(found) {
    const [lon, lat] = found.geometry.coordinates;
    const zoom = index.getClusterExpansionZoom(found.id);
    if (zoom > 11 || map.getZoom() >= map.getMaxZoom()) {
      options.onGroup(index.getLeaves(found.id, Infinity).map((p) => p.properties.i));
    } else {
      map.setView([lat, nearest(lon)], Math.min(zoom, map.getMaxZoom()));
    }
  }

  function addPoint(point) {
    const { lon, lat } = point;
    const best = point.row < 0 ? null : toll(store.estimates(point.i));
    const isMain = point.row >= 0;
    const size = isMain ? diameter(style.size, best) : 17;
    const look = {
      kind: kinds[point.kind], size, empty: isMain && best === null,
      fill: isMain ? style.precision[store.raw.precision[store.col.precision[point.row]]] : "solid",
      outline: style.verification[store.raw.verification[store.col.verification[point.i]]],
    };
    const node = el("button", { type: "button", class: "gi-marker", data: { incident: point.i } },
      symbol(style, look));
    if (isMain && layers.response) node.append(badges(point.i));
    const marker = pin(lon, lat, node, () => options.onSelect(point.i),
      isMain ? options.title(point.i) : `${t(`kind.${kinds[point.kind].id}`)} — ${options.title(point.i)}`);
    return { marker, point, size, lon, lat, node };
  }

  function badges(i) {
    const row = el("span", { class: "gi-badges", "aria-hidden": "true" });
    if (layerOf(i) === "strike") {
      for (const kind of responsesOf(store, style, i).slice(0, 5)) {
        row.append(symbol(style, { kind: kinds[kind], size: 11, outline: "solid", fill: "solid" }));
      }
    }
    return row;
  }

  // Counts of areas, where a polygon would otherwise hide how many it stands for.

  let chipBoxes = [];

  function chips() {
    chipPins.clear();
    chipBoxes = [];
    const view = scene.view();
    const taken = occupancy();
    for (const { lon, lat, size } of markers.values()) {
      const p = map.latLngToContainerPoint([lat, nearest(lon)]);
      taken.take([p.x - size / 2, p.y - size / 2, p.x + size / 2, p.y + size / 2]);
    }
    for (const entry of [...live].sort((a, b) => b.list.length - a.list.length)) {
      const area = areas[entry.area];
      const spot = labelSpot(area, view.window);
      if (!spot || (area.box[2] - area.box[0]) * view.scale < 34) continue;
      chip(entry, area, spot, taken);
    }
  }

  function chip(entry, area, [x, y], taken) {
    const incidents = [...new Set(entry.list.map((e) => e.i))];
    const kind = kinds[entry.list[0].kind];
    const latlng = [latOf(y), lonOf(x)];
    const p = map.latLngToContainerPoint(latlng);
    const text = area.name || "";
    const half = Math.min(90, 24 + text.length * 3.4);
    const dy = [0, 1, -1, 2, -2].map((n) => n * (2 * CHIP + 3)).find((d) => taken.add([p.x - half, p.y + d - CHIP, p.x + half, p.y + d + CHIP]));
    if (dy === undefined) return;
    const title = `${text} — ${t("area.title", { n: incidents.length })}`;
    const node = el("button", {
      type: "button", class: "gi-chip", "aria-label": title,
      data: incidents.includes(selected) ? { selected: "" } : {},
    },
    symbol(style, { kind, size: 12, outline: "solid", fill: "solid" }),
    el("bdi", { text }), incidents.length > 1 ? el("b", { text: options.number(incidents.length) }) : null);
    const press = () => (incidents.length > 1 ? options.onGroup(incidents) : options.onSelect(incidents[0]));
    node.addEventListener("click", (event) => (event.stopPropagation(), press()));
    chipPins.add(node, latlng[1], latlng[0], dy);
    chipBoxes.push([p.x - half, p.y + dy - CHIP, p.x + half, p.y + dy + CHIP]);
  }

  function obstacleBoxes() {
    const list = [...chipBoxes];
    for (const { lon, lat, size, point } of markers.values()) {
      const p = map.latLngToContainerPoint([lat, nearest(lon)]);
      const low = point && point.row >= 0 ? size / 2 + 14 : size / 2;
      list.push([p.x - size / 2, p.y - size / 2, p.x + size / 2, p.y + low]);
    }
    return list;
  }

  /** Boxes of symbols and chips in canvas pixels, for labels to keep away from. */
  function obstacles(view) {
    const origin = map.containerPointToLayerPoint([0, 0]).add(map.getPixelOrigin());
    const [dx, dy] = [origin.x - view.ox, origin.y - view.oy];
    return boxes.map(([a, b, c, d]) => [a + dx, b + dy, c + dx, d + dy]);
  }

  function mark() {
    for (const { node, point } of markers.values()) {
      if (!point) continue;
      const is = point.i === selected;
      node.toggleAttribute("data-selected", is);
      node.setAttribute("aria-pressed", String(is));
    }
  }

  // A node taken away from under a finger would end its drag: what is to be drawn waits for its end.
  const hold = (on) => {
    held = on;
    if (!on && waits) setTimeout(refresh, 100);
    waits = waits && on;
  };
  map.getContainer().addEventListener("pointerdown", () => hold(true));
  for (const type of ["pointerup", "pointercancel"]) addEventListener(type, () => hold(false));
  map.on("moveend", () => (held ? (waits = true) : refresh()));
  map.on("click", (event) => {
    const p = map.project(event.latlng, map.getZoom()).divideBy(map.options.crs.scale(map.getZoom()));
    const slack = 6 / map.options.crs.scale(map.getZoom());
    const hit = live.filter((e) => hits(areas[e.area], p.x - Math.floor(p.x), p.y, slack))
      .sort((a, b) => reach(a.area) - reach(b.area))[0];
    if (!hit) return options.onMiss();
    const incidents = [...new Set(hit.list.map((e) => e.i))];
    return incidents.length > 1 ? options.onGroup(incidents) : options.onSelect(incidents[0]);
  });

  return {
    areas, points, coarse, scene, obstacles, refresh,
    /** Show the incidents that a mask marks; nothing is drawn before the first call. */
    filter(next) {
      mask = next;
      started = true;
      pins.clear();
      markers.clear();
      index = null;
      refresh();
    },
    show(layer, on) {
      layers[layer] = on;
    },
    select(i) {
      selected = i;
      mark();
      chips();
      scene.repaint();
    },
    relabel() {
      pins.clear();
      markers.clear();
      refresh();
    },
    markers,
  };
}
