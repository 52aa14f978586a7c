// What of the store is drawn where: points to cluster, areas to hatch, responses as badges.

import { labelSpot } from "./areas.js";

// The map ends at 85.05 degrees; what lies beyond stands at its edge.
const EDGE = 84.9;
const COARSE = new Set(["admin2", "admin1", "region", "country", "sea"]);

/** Whether row `row` of the places is an area and not a point. */
export function isCoarse(store, row) {
  return COARSE.has(store.raw.precision[store.col.precision[row]]);
}

function eachShown(store, visit) {
  const { role, shown } = store.col;
  for (let i = 0; i < store.n; i++) {
    const [first, end] = [store.at.loc[i], store.at.loc[i + 1]];
    let onlyLaunch = true;
    for (let row = first; row < end; row++) if (role[row] !== 1) onlyLaunch = false;
    for (let row = first; row < end; row++) {
      if (shown[row] && (role[row] !== 1 || onlyLaunch)) visit(i, row);
    }
  }
}

/** A point for the cluster index, and the feature it is there; a row below 0 is a response. */
class Spot {
  constructor(n, i, row, kind, lon, lat) {
    this.n = n;
    this.i = i;
    this.row = row;
    this.kind = kind;
    this.lon = lon;
    this.lat = lat;
  }

  get properties() {
    return this;
  }

  get geometry() {
    return { coordinates: [this.lon, this.lat] };
  }
}

/** All points that are drawn as symbols. */
export function pointsOf(store) {
  const { x, y, kind } = store.col;
  const list = [];
  const add = (i, row, k, lon, lat) =>
    list.push(new Spot(list.length, i, row, k, lon, Math.max(-EDGE, Math.min(EDGE, lat))));
  eachShown(store, (i, row) => {
    if (!isCoarse(store, row)) add(i, row, kind[i], x[row] / store.grid, y[row] / store.grid);
  });
  if (store.raw.response.n) addResponses(store, add);
  return list;
}

/** Responses that have a place of their own, away from what was struck. */
function addResponses(store, add) {
  for (let i = 0; i < store.n; i++) {
    if (store.at.resp[i] === store.at.resp[i + 1]) continue;
    const item = store.incident(i);
    for (const response of item.responses) {
      if (response.lon === null || COARSE.has(response.precision)) continue;
      const apart = item.places.every((p) =>
        Math.hypot((p.lon - response.lon) * Math.cos((p.lat * Math.PI) / 180), p.lat - response.lat) > 0.05);
      if (apart) add(i, -1, response.style, response.lon, response.lat);
    }
  }
}

/** Area number → its incidents, as `{i, row, kind}`. */
export function areasOf(store) {
  const map = new Map();
  eachShown(store, (i, row) => {
    const area = store.col.area[row];
    if (!isCoarse(store, row) || area < 0) return;
    if (!map.has(area)) map.set(area, []);
    map.get(area).push({ i, row, kind: store.col.kind[i] });
  });
  return map;
}

/** Kinds of an incident's responses, each once, in the style's order. */
export function responsesOf(store, style, i) {
  const { style: kind } = store.read.response;
  const seen = new Set();
  for (let row = store.at.resp[i]; row < store.at.resp[i + 1]; row++) seen.add(kind(row));
  return [...seen].filter((k) => style.kinds[k].layer === "response").sort((a, b) => a - b);
}

/** Which incidents meet a window, under a mask: 1 each. `window` is in degrees, `units` in units. */
export function inWindow(store, engine, window, mask, units) {
  const seen = new Uint8Array(store.n);
  const [west, south, east, north] = window;
  const between = (lon) => lon >= west && lon <= east;
  const inside = (lon, lat) => lat >= south && lat <= north
    && (between(lon) || between(lon + 360) || between(lon - 360));
  for (const { i, lon, lat, row } of engine.points) {
    if (row >= 0 && mask[i] && !seen[i] && inside(lon, lat)) seen[i] = 1;
  }
  for (const [area, list] of engine.coarse) {
    if (!labelSpot(engine.areas[area], units)) continue;
    for (const { i } of list) if (mask[i]) seen[i] = 1;
  }
  return seen;
}
