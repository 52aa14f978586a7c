// Labels placed greedily: whatever would touch another label or a symbol is left out.

import { labelsFor } from "./basemap.js";
import { copies } from "./scene.js";

/** Boxes already taken; `add` answers false, and takes nothing, when a box would overlap. */
export function occupancy(cell = 64) {
  const grid = new Map();
  const cells = (box, visit) => {
    for (let x = Math.floor(box[0] / cell); x <= Math.floor(box[2] / cell); x++) {
      for (let y = Math.floor(box[1] / cell); y <= Math.floor(box[3] / cell); y++) {
        if (visit(`${x},${y}`)) return true;
      }
    }
    return false;
  };
  const overlaps = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
  const isFree = (box) => !cells(box, (key) => (grid.get(key) || []).some((b) => overlaps(box, b)));
  function take(box) {
    cells(box, (key) => {
      if (grid.has(key)) grid.get(key).push(box);
      else grid.set(key, [box]);
      return false;
    });
  }
  return { isFree, take, add: (box) => isFree(box) && (take(box), true) };
}

const FONTS = {
  sea: "italic 12px", country: "600 12px", capital: "600 12.5px", city: "500 12px", town: "400 11.5px",
  unit: "500 10.5px",
};

/** A painter of labels; `obstacles()` gives boxes of symbols in canvas pixels. */
export function labelPainter(base, options) {
  const { colours, language, obstacles, family } = options;
  return (ctx, view) => {
    const c = colours();
    const taken = occupancy();
    for (const box of obstacles(view)) taken.take(box);
    ctx.textBaseline = "middle";
    ctx.lineJoin = "round";
    for (const label of labelsFor(base, view.zoom, view.scale)) {
      for (const k of copies(view.box)) {
        const x = (label.at[0] + k) * view.scale - view.ox;
        const y = label.at[1] * view.scale - view.oy;
        if (x < -60 || y < -20 || x > view.width + 60 || y > view.height + 20) continue;
        place(ctx, label, x, y, { c, taken, family, language: language() });
      }
    }
  };
}

function place(ctx, label, x, y, { c, taken, family, language }) {
  let text = label.names[language] || label.names[0];
  if (label.kind === "country" || label.kind === "unit") text = text.toLocaleUpperCase();
  ctx.font = `${FONTS[label.kind]} ${family}`;
  ctx.letterSpacing = label.kind === "country" ? "1.5px" : label.kind === "unit" ? "0.8px" : "0px";
  const width = ctx.measureText(text).width;
  const dot = "people" in label;
  const spots = dot
    ? [[7, 0], [-width - 7, 0], [-width / 2, -12], [-width / 2, 12],
      [26, 0], [-width - 26, 0], [-width / 2, -30], [-width / 2, 40]]
    : [[-width / 2, 0]];
  const own = [x - 4, y - 4, x + 4, y + 4];
  const hasDot = dot && taken.isFree(own);
  for (const [dx, dy] of spots) {
    const box = [x + dx - 2, y + dy - 8, x + dx + width + 2, y + dy + 8];
    if (!taken.isFree(box)) continue;
    taken.take(box);
    if (hasDot) {
      taken.take(own);
      drawDot(ctx, label, x, y, c);
    }
    ctx.lineWidth = 3;
    ctx.strokeStyle = label.kind === "sea" ? c.seaHalo : c.halo;
    ctx.strokeText(text, x + dx, y + dy);
    ctx.fillStyle = label.kind === "sea" ? c.sealabel : c[label.kind];
    ctx.fillText(text, x + dx, y + dy);
    return;
  }
}

function drawDot(ctx, label, x, y, c) {
  ctx.beginPath();
  ctx.fillStyle = c.dot;
  if (label.capital) ctx.rect(x - 3, y - 3, 6, 6);
  else ctx.arc(x, y, label.people >= 500 ? 2.6 : 1.9, 0, 7);
  ctx.fill();
}
