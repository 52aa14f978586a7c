// Links, embedding and downloads of what passes the filters.

import { mainPlace, reportsOf } from "./data.js";

const MEASURES = ["killed", "injured"];

const iso = (minutes) => (Number.isFinite(minutes) ? new Date(minutes * 60000).toISOString().replace(".000Z", "Z") : null);

/** Flat properties of an incident, under the export's column names. */
export function properties(store, item, kind) {
  const place = mainPlace(item);
  const flat = {
    id: item.id, event_type: item.type, sub_event_type: item.subType, kind,
    time_start: iso(item.start), time_end: iso(item.end), time_precision: item.timePrecision,
    name: place?.name ?? null, admin1: place?.admin1 ?? null, country: place?.countryCode ?? null,
    precision: place?.precision ?? null, uncertainty_m: place?.uncertainty ?? null,
  };
  for (const measure of MEASURES) {
    for (const side of ["low", "best", "high"]) {
      flat[`${measure}_${side}`] = item.estimates[measure]?.[side] ?? null;
    }
  }
  return {
    ...flat, verification: item.verification, weapons: item.weapons.join("; "),
    responses: [...new Set(item.responses.map((r) => r.kind))].join("; "),
    sources: reportsOf(store, item).map((r) => r.publisher || r.id).join("; "),
    urls: reportsOf(store, item).map((r) => r.url).filter(Boolean).join(" "),
    confidence: item.confidence,
  };
}

function geometry(store, areas, item) {
  const place = mainPlace(item);
  if (!place) return null;
  const raw = place.area >= 0 ? store.raw.areas[place.area] : null;
  if (!raw?.rings || raw.lines) return { type: "Point", coordinates: [place.lon, place.lat] };
  return { type: "MultiPolygon", coordinates: polygons(raw.rings) };
}

/** Rings of deltas → polygons, holes with the shell that bears them. */
export function polygons(rings, grid = 10000) {
  const list = [];
  for (const steps of rings) {
    let x = 0;
    let y = 0;
    let area = 0;
    const ring = [];
    for (let i = 0; i < steps.length; i += 2) {
      const [px, py] = [x, y];
      x += steps[i];
      y += steps[i + 1];
      if (i) area += px * y - x * py;
      ring.push([x / grid, y / grid]);
    }
    const last = list.at(-1);
    const isHole = last && area * last.sign < 0 && within(ring[0], last.rings[0]);
    if (isHole) last.rings.push(ring);
    else list.push({ sign: Math.sign(area) || 1, rings: [ring] });
  }
  return list.map((polygon) => polygon.rings);
}

function within([x, y], ring) {
  let inside = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[xi, yi], [xj, yj]] = [ring[i], ring[j]];
    if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
  }
  return inside;
}

/** GeoJSON text of the incidents numbered in `list`. */
export function geojson(store, style, areas, list) {
  const features = list.map((i) => {
    const item = store.incident(i);
    return {
      type: "Feature", id: item.id, geometry: geometry(store, areas, item),
      properties: properties(store, item, style.kinds[item.kind].id),
    };
  });
  return JSON.stringify({ type: "FeatureCollection", features });
}

/** A cell that no spreadsheet takes for a formula. */
export function cell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\n\r;]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** CSV text of the incidents numbered in `list`, with lat and lon. */
export function csv(store, style, list) {
  const rows = list.map((i) => {
    const item = store.incident(i);
    const place = mainPlace(item);
    return { ...properties(store, item, style.kinds[item.kind].id), lat: place?.lat ?? null, lon: place?.lon ?? null };
  });
  const names = Object.keys(rows[0] || { id: "" });
  return `\ufeff${[names, ...rows.map((row) => names.map((name) => row[name]))].map((line) => line.map(cell).join(",")).join("\r\n")}\r\n`;
}

/** Hand a text or blob to the reader as a file. */
export function download(name, content, type) {
  const url = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  const anchor = document.createElement("a");
  anchor.href = url;
  anchor.download = name;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

const attribute = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");

/** An iframe that shows this page, to paste elsewhere. */
export function embedCode(href, title) {
  return `<iframe src="${attribute(href)}" title="${attribute(title)}" width="100%" height="640" loading="lazy" sandbox="allow-scripts allow-popups allow-downloads"></iframe>`;
}

/** Copy text; answers whether it worked. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = document.createElement("textarea");
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}
