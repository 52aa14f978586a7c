// Coarse places as hatched areas; circles of uncertainty; paths from launch places.

import { trace } from "./basemap.js";
import { circleRing, clipRing, inRings, meets, unfold, unitX, unitY } from "./mercator.js";
import { copies } from "./scene.js";

/** Decode footprints. */
export function readAreas(records, grid = 10000) {
  return records.map((raw) => {
    const at = [raw.at[0] / grid, raw.at[1] / grid];
    const rings = raw.rings
      ? raw.rings.map((steps) => unfold(steps, grid))
      : [circleRing(at[0], at[1], raw.circle)];
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const ring of rings) {
      for (let i = 0; i < 2; i++) {
        box[i] = Math.min(box[i], ring.box[i]);
        box[i + 2] = Math.max(box[i + 2], ring.box[i + 2]);
      }
    }
    return {
      name: raw.name, precision: raw.prec, lines: Boolean(raw.lines), rings, box,
      at: [unitX(at[0]), unitY(at[1])],
    };
  });
}

const patterns = new Map();

function hatch(ctx, colour, angle) {
  const key = `${colour}|${angle}`;
  if (!patterns.has(key)) {
    const tile = document.createElement("canvas");
    tile.width = tile.height = 16;
    const pen = tile.getContext("2d");
    pen.strokeStyle = colour;
    pen.lineWidth = 2.4;
    pen.beginPath();
    for (const d of [-16, 0, 16]) {
      if (angle > 0) pen.moveTo(d - 2, 18), pen.lineTo(d + 18, -2);
      else pen.moveTo(d - 2, -2), pen.lineTo(d + 18, 18);
    }
    pen.stroke();
    patterns.set(key, ctx.createPattern(tile, "repeat"));
  }
  return patterns.get(key);
}

function tracePart(ctx, area, view, close) {
  const margin = 60 / view.scale;
  for (const k of copies(view.box)) {
    const [x0, y0, x1, y1] = view.box;
    const box = [x0 - k - margin, y0 - margin, x1 - k + margin, y1 + margin];
    for (const ring of area.rings) {
      if (!meets(ring.box, box)) continue;
      const cut = close ? clipRing(ring.points, ring.box, box) : ring.points;
      if (cut.length > 2) trace(ctx, cut, view, k, close);
    }
  }
}

const OUTLINE = { solid: [], dashed: [7, 5], dotted: [1.5, 4], double: [] };

/**
 * Draw one area. `look`: `colour`, `outline`, `wide` (alerts: outline in wide
 * dashes), `selected`, `faint`.
 */
export function drawArea(ctx, area, view, look) {
  ctx.beginPath();
  tracePart(ctx, area, view, !area.lines);
  ctx.lineJoin = "round";
  if (!area.lines) {
    ctx.save();
    const pattern = hatch(ctx, look.colour, look.wide ? -1 : 1);
    pattern.setTransform(new DOMMatrix()
      .translate(-(view.ox % 16), -(view.oy % 16)).scale(look.wide ? 1 : 0.5));
    ctx.fillStyle = pattern;
    ctx.globalAlpha = (look.selected ? 0.75 : look.wide ? 0.28 : 0.42) * (look.faint ? 0.45 : 1);
    ctx.fill("evenodd");
    ctx.globalAlpha = look.selected ? 0.16 : 0.06;
    ctx.fillStyle = look.colour;
    ctx.fill("evenodd");
    ctx.restore();
  }
  ctx.strokeStyle = look.colour;
  ctx.globalAlpha = look.faint ? 0.55 : 0.95;
  ctx.setLineDash(look.wide ? [12, 6] : OUTLINE[look.outline] || []);
  ctx.lineWidth = (look.outline === "double" && !look.wide ? 4.4 : 1.7) + (look.selected ? 1.2 : 0);
  ctx.stroke();
  if (look.outline === "double" && !look.wide) {
    ctx.strokeStyle = look.halo;
    ctx.lineWidth = 1.6;
    ctx.stroke();
  }
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

/** A circle of uncertainty about a point, where it is large enough to see. */
export function drawCircle(ctx, view, circle, colour) {
  const metresPerPixel = (40075016.7 * Math.cos((circle.lat * Math.PI) / 180)) / view.scale;
  const radius = circle.metres / metresPerPixel;
  if (radius < 14 || radius > 1400) return;
  const ring = circleRing(circle.lon, circle.lat, circle.metres);
  ctx.beginPath();
  for (const k of copies(view.box)) trace(ctx, ring.points, view, k, true);
  ctx.strokeStyle = colour;
  ctx.fillStyle = colour;
  ctx.globalAlpha = 0.09;
  ctx.fill();
  ctx.globalAlpha = 0.7;
  ctx.lineWidth = 1.2;
  ctx.setLineDash([2, 4]);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

/** A faint path as reported, bent so that two ways do not lie on one another. */
export function drawPath(ctx, view, from, to, colour, strong) {
  const [x0, y0] = [unitX(from[0]) * view.scale - view.ox, unitY(from[1]) * view.scale - view.oy];
  const [x1, y1] = [unitX(to[0]) * view.scale - view.ox, unitY(to[1]) * view.scale - view.oy];
  const [mx, my] = [(x0 + x1) / 2 - (y1 - y0) * 0.14, (y0 + y1) / 2 + (x1 - x0) * 0.14];
  ctx.beginPath();
  ctx.moveTo(x0, y0);
  ctx.quadraticCurveTo(mx, my, x1, y1);
  ctx.strokeStyle = colour;
  ctx.globalAlpha = strong ? 0.9 : 0.4;
  ctx.lineWidth = strong ? 1.8 : 1.3;
  ctx.setLineDash([2, 5]);
  ctx.stroke();
  ctx.setLineDash([]);
  ctx.globalAlpha = 1;
}

/** Whether a point in units lies in an area, or, for a line, near it. */
export function hits(area, x, y, slack) {
  const box = [area.box[0] - slack, area.box[1] - slack, area.box[2] + slack, area.box[3] + slack];
  if (!meets(box, [x, y, x, y])) return false;
  if (!area.lines) return inRings(x, y, area.rings);
  return area.rings.some(({ points }) => {
    for (let i = 0; i < points.length; i += 2) {
      if (Math.hypot(points[i] - x, points[i + 1] - y) < slack) return true;
    }
    return false;
  });
}

/** Where in the window a label of the area fits, in units; null when out of sight. */
export function labelSpot(area, window) {
  for (const k of copies(window)) {
    const box = [window[0] - k, window[1], window[2] - k, window[3]];
    if (!meets(area.box, box)) continue;
    const [x, y] = area.at;
    if (x > box[0] && x < box[2] && y > box[1] && y < box[3]) return [x + k, y];
    if (inRings((box[0] + box[2]) / 2, (box[1] + box[3]) / 2, area.rings)) {
      return [(box[0] + box[2]) / 2 + k, box[1] + (box[3] - box[1]) * 0.2];
    }
    const cuts = area.rings.map((r) => clipRing(r.points, r.box, box)).filter((c) => c.length > 4);
    const cut = cuts.sort((a, b) => b.length - a.length)[0];
    if (!cut) continue;
    let sx = 0;
    let sy = 0;
    for (let i = 0; i < cut.length; i += 2) (sx += cut[i]), (sy += cut[i + 1]);
    return [sx / (cut.length / 2) + k, sy / (cut.length / 2)];
  }
  return null;
}
