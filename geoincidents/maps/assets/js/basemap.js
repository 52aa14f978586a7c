// The offline basemap: land, borders, provinces, graticule, and labels that do not collide.

import { clipRing, latOf, lonOf, meets, unfold, unitX, unitY } from "./mercator.js";
import { copies } from "./scene.js";

/** Decode the cut that the page carries. */
export function readBasemap(raw) {
  const arcs = raw.arcs.map((steps) => unfold(steps, raw.grid));
  const spot = (x, y) => [unitX(x / raw.grid), unitY(y / raw.grid)];
  return {
    arcs,
    land: raw.coast.map((refs) => joinRing(refs, arcs)),
    lines: Object.fromEntries(
      Object.entries(raw.lines).map(([name, list]) => [name, list.map((n) => arcs[n])])),
    units: raw.units.map(([names, x, y, r]) => ({ names, at: spot(x, y), reach: r / raw.grid / 360 })),
    countries: raw.countries.map(([names, x, y, r]) => ({
      names, at: spot(x, y), reach: r / raw.grid / 360,
    })),
    cities: raw.cities.map(([names, x, y, people, capital]) => ({
      names, at: spot(x, y), people, capital: Boolean(capital),
    })),
    seas: raw.seas.map(([names, lon, lat, rank]) => ({ names, at: [unitX(lon), unitY(lat)], rank })),
  };
}

function joinRing(refs, arcs) {
  const points = [];
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (const ref of refs) {
    const arc = arcs[ref >= 0 ? ref : ~ref];
    const p = arc.points;
    if (ref >= 0) for (let i = points.length ? 2 : 0; i < p.length; i++) points.push(p[i]);
    else for (let i = p.length - (points.length ? 4 : 2); i >= 0; i -= 2) points.push(p[i], p[i + 1]);
    box[0] = Math.min(box[0], arc.box[0]);
    box[1] = Math.min(box[1], arc.box[1]);
    box[2] = Math.max(box[2], arc.box[2]);
    box[3] = Math.max(box[3], arc.box[3]);
  }
  return { points: Float64Array.from(points), box };
}

/** Add a ring or line, in units, to the canvas's path. */
export function trace(ctx, points, view, shift, close) {
  const { scale, ox, oy } = view;
  for (let i = 0; i < points.length; i += 2) {
    const x = (points[i] + shift) * scale - ox;
    const y = points[i + 1] * scale - oy;
    if (i) ctx.lineTo(x, y);
    else ctx.moveTo(x, y);
  }
  if (close) ctx.closePath();
}

const shifted = (box, k) => [box[0] - k, box[1], box[2] - k, box[3]];

function strokeLines(ctx, lines, view) {
  ctx.beginPath();
  for (const k of copies(view.box)) {
    const box = shifted(view.box, k);
    for (const line of lines) if (meets(line.box, box)) trace(ctx, line.points, view, k, false);
  }
  ctx.stroke();
}

/** A painter of land and lines; `colours` is asked at each drawing. */
export function basemapPainter(base, colours) {
  return (ctx, view) => {
    const c = colours();
    ctx.fillStyle = c.sea;
    ctx.fillRect(0, 0, view.width, view.height);
    graticule(ctx, view, c.graticule);
    const margin = 40 / view.scale;
    ctx.beginPath();
    for (const k of copies(view.box)) {
      const [x0, y0, x1, y1] = shifted(view.box, k);
      const box = [x0 - margin, y0 - margin, x1 + margin, y1 + margin];
      for (const ring of base.land) {
        const cut = clipRing(ring.points, ring.box, box);
        if (cut.length > 4) trace(ctx, cut, view, k, true);
      }
    }
    ctx.fillStyle = c.land;
    ctx.fill("evenodd");
    ctx.lineJoin = "round";
    ctx.lineWidth = 0.8;
    ctx.strokeStyle = c.coast;
    ctx.stroke();
    if (view.zoom >= 4) {
      ctx.strokeStyle = c.admin1;
      ctx.lineWidth = view.zoom >= 6 ? 0.9 : 0.6;
      strokeLines(ctx, base.lines.admin1, view);
    }
    ctx.strokeStyle = c.border;
    ctx.lineWidth = view.zoom >= 5 ? 1.4 : 1;
    strokeLines(ctx, base.lines.border, view);
    ctx.setLineDash([5, 4]);
    strokeLines(ctx, base.lines.disputed, view);
  };
}

function graticule(ctx, view, colour) {
  const degrees = 360 * ((view.window[2] - view.window[0]) || 1);
  const step = [30, 20, 10, 5, 2, 1, 0.5, 0.2, 0.1].find((s) => degrees / s >= 4) || 0.05;
  ctx.strokeStyle = colour;
  ctx.lineWidth = 0.6;
  ctx.beginPath();
  const [x0, y0, x1, y1] = view.box;
  for (let lon = Math.ceil(lonOf(x0) / step) * step; lon <= lonOf(x1); lon += step) {
    const x = unitX(lon) * view.scale - view.ox;
    ctx.moveTo(x, 0);
    ctx.lineTo(x, view.height);
  }
  const top = Math.min(85, latOf(Math.max(0, y0)));
  for (let lat = Math.ceil(latOf(Math.min(1, y1)) / step) * step; lat <= top; lat += step) {
    const y = unitY(lat) * view.scale - view.oy;
    ctx.moveTo(0, y);
    ctx.lineTo(view.width, y);
  }
  ctx.stroke();
}

/** What labels fit at a zoom, most important first. */
export function labelsFor(base, zoom, scale) {
  const list = [];
  const wide = (reach, px) => reach * scale >= px;
  for (const sea of base.seas) {
    if (zoom >= [0, 1, 3, 5][sea.rank] && zoom <= 9) list.push({ ...sea, kind: "sea" });
  }
  for (const country of base.countries) {
    if (wide(country.reach, 16) && zoom <= 7) list.push({ ...country, kind: "country" });
  }
  const least = [9e9, 9e9, 6000, 3000, 1500, 600, 250, 90, 40, 15][Math.min(9, Math.max(0, Math.floor(zoom)))];
  for (const city of base.cities) {
    if (city.people >= least || (city.capital && zoom >= 4 && city.people * 6 >= least)) {
      list.push({ ...city, kind: city.capital ? "capital" : city.people >= 500 ? "city" : "town" });
    }
  }
  if (zoom >= 5.5) {
    for (const unit of base.units) {
      if (wide(unit.reach, 26) && !wide(unit.reach, 420)) list.push({ ...unit, kind: "unit" });
    }
  }
  return list;
}
