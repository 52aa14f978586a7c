// Web Mercator on the unit square, and clipping before anything is drawn.

const MAX_LAT = 85.0511287798;

export const unitX = (lon) => lon / 360 + 0.5;

export function unitY(lat) {
  const sin = Math.sin((Math.max(-MAX_LAT, Math.min(MAX_LAT, lat)) * Math.PI) / 180);
  return 0.5 - (0.25 * Math.log((1 + sin) / (1 - sin))) / Math.PI;
}

export const lonOf = (x) => (x - 0.5) * 360;
export const latOf = (y) => (360 / Math.PI) * Math.atan(Math.exp((0.5 - y) * 2 * Math.PI)) - 90;

/** Deltas on a grid → `{points: Float64Array of x, y, box: [x0, y0, x1, y1]}` in units. */
export function unfold(steps, grid) {
  const points = new Float64Array(steps.length);
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  let x = 0;
  let y = 0;
  for (let i = 0; i < steps.length; i += 2) {
    x += steps[i];
    y += steps[i + 1];
    const ux = (points[i] = unitX(x / grid));
    const uy = (points[i + 1] = unitY(y / grid));
    if (ux < box[0]) box[0] = ux;
    if (uy < box[1]) box[1] = uy;
    if (ux > box[2]) box[2] = ux;
    if (uy > box[3]) box[3] = uy;
  }
  return { points, box };
}

export const meets = (a, b) => a[0] <= b[2] && a[2] >= b[0] && a[1] <= b[3] && a[3] >= b[1];

function clipSide(points, axis, limit, sign) {
  const out = [];
  const n = points.length;
  for (let i = 0; i < n; i += 2) {
    const j = (i + 2) % n;
    const a = sign * (points[i + axis] - limit);
    const b = sign * (points[j + axis] - limit);
    if (a <= 0) out.push(points[i], points[i + 1]);
    if (a < 0 !== b < 0 && a !== b) {
      const share = a / (a - b);
      out.push(
        points[i] + share * (points[j] - points[i]),
        points[i + 1] + share * (points[j + 1] - points[i + 1]),
      );
    }
  }
  return out;
}

/** A ring cut to a box (Sutherland and Hodgman 1974); whole when it lies inside. */
export function clipRing(points, ringBox, box) {
  if (!meets(ringBox, box)) return [];
  if (ringBox[0] >= box[0] && ringBox[1] >= box[1] && ringBox[2] <= box[2] && ringBox[3] <= box[3]) {
    return points;
  }
  let cut = clipSide(points, 0, box[0], -1);
  if (cut.length) cut = clipSide(cut, 0, box[2], 1);
  if (cut.length) cut = clipSide(cut, 1, box[1], -1);
  if (cut.length) cut = clipSide(cut, 1, box[3], 1);
  return cut;
}

/** Whether a point lies in rings, even-odd. */
export function inRings(x, y, rings) {
  let inside = false;
  for (const { points } of rings) {
    for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
      const [xi, yi, xj, yj] = [points[i], points[i + 1], points[j], points[j + 1]];
      if (yi > y !== yj > y && x < ((xj - xi) * (y - yi)) / (yj - yi) + xi) inside = !inside;
    }
  }
  return inside;
}

/** A geodesic circle's ring on the sphere: points in units. */
export function circleRing(lon, lat, metres, steps = 72) {
  const arc = Math.min(metres / 6371008.8, Math.PI * 0.49);
  const la = (lat * Math.PI) / 180;
  const points = new Float64Array(steps * 2);
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < steps; i++) {
    const turn = (2 * Math.PI * i) / steps;
    const sin = Math.sin(la) * Math.cos(arc) + Math.cos(la) * Math.sin(arc) * Math.cos(turn);
    const dLon = Math.atan2(
      Math.sin(turn) * Math.sin(arc) * Math.cos(la), Math.cos(arc) - Math.sin(la) * sin);
    const x = unitX(lon + (dLon * 180) / Math.PI);
    const y = unitY((Math.asin(Math.max(-1, Math.min(1, sin))) * 180) / Math.PI);
    points.set([x, y], i * 2);
    box[0] = Math.min(box[0], x);
    box[1] = Math.min(box[1], y);
    box[2] = Math.max(box[2], x);
    box[3] = Math.max(box[3], y);
  }
  return { points, box };
}
