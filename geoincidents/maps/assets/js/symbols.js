// Symbols: shape by kind, size by toll, outline by verification, fill by precision.

import { svg } from "./dom.js";

/** Diameter in pixels for a best toll; null or undefined means no toll is known. */
export function diameter(size, count) {
  if (count === null || count === undefined) return size.none;
  const share = Math.sqrt(Math.max(0, count) / size.full);
  return Math.round(size.min + Math.min(1, share) * (size.max - size.min));
}

/** Best count of people killed, else injured; null when neither is known. */
export function toll(estimates) {
  return estimates.killed?.best ?? estimates.injured?.best ?? null;
}

const DASHES = { dashed: [3.2, 2.2], dotted: [0.05, 2.6] };

const about = (scale) => `translate(12 12) scale(${scale}) translate(-12 -12)`;

/** The outline that tells how sure: solid, dashed, dotted, or two lines. */
function outline(path, verification, unit) {
  const width = unit * (verification === "dotted" ? 1.7 : 1.35);
  const dash = DASHES[verification]?.map((length) => (length * unit).toFixed(2)).join(" ");
  const lines = [
    svg("path", { d: path, class: "gi-halo-fill gi-halo", "stroke-width": unit * 2.6, "stroke-linejoin": "round" }),
    svg("path", { d: path, class: "gi-ink", fill: "none", "stroke-width": width, "stroke-dasharray": dash, "stroke-linejoin": "round", "stroke-linecap": verification === "dotted" ? "round" : null }),
  ];
  if (verification === "double") {
    lines.push(svg("path", { d: path, class: "gi-ink", fill: "none", "stroke-width": width / 0.8, transform: about(0.8) }));
  }
  return lines;
}

/**
 * A symbol as SVG. `look` has `kind` (a style's kind), `fill` ("solid", "ring"),
 * `outline`, `size` in pixels and `empty` for an incident without a known toll.
 */
export function symbol(style, look) {
  const { kind, size } = look;
  const path = style.shapes[kind.shape];
  const unit = 24 / size;
  const body = kind.layer === "response"
    ? badge(kind, path)
    : strike(path, look, unit);
  return tinted(kind, svg("svg", {
    class: "gi-symbol", viewBox: "-3 -3 30 30", width: size * 1.25, height: size * 1.25,
    "aria-hidden": "true", focusable: "false",
  }, ...body));
}

function tinted(kind, node) {
  node.style.setProperty("--c", `var(--gi-${kind.id})`);
  return node;
}

function strike(path, look, unit) {
  const ring = look.fill === "ring";
  const inner = look.outline === "double" ? 0.6 : look.outline === "solid" ? 0.86 : 0.78;
  const parts = [
    ...outline(path, look.outline, unit),
    svg("path", { d: path, class: ring ? "gi-body gi-hollow" : "gi-body", transform: about(inner) }),
  ];
  if (ring) {
    parts.push(svg("path", { d: path, class: "gi-rim", "stroke-width": unit * 2.6, transform: about(inner * 0.86) }));
  }
  if (look.empty) parts.push(svg("circle", { cx: 12, cy: 12.6, r: ring ? 1.7 : 2.4, class: "gi-pip" }));
  return parts;
}

function badge(kind, path) {
  if (kind.shape === "crossring") {
    return [
      svg("circle", { cx: 12, cy: 12, r: 11, class: "gi-plate" }),
      svg("path", { d: path, class: "gi-body", "fill-rule": "evenodd" }),
    ];
  }
  return [
    svg("circle", { cx: 12, cy: 12, r: 11.4, class: "gi-halo-fill" }),
    svg("circle", { cx: 12, cy: 12, r: 10.6, class: "gi-body" }),
    svg("path", {
      d: path, class: "gi-sign", "fill-rule": "evenodd",
      transform: about(0.86),
    }),
  ];
}

/** Colours of kinds as CSS rules would need them: set as variables on an element. */
export function paintKinds(style, root, dark) {
  for (const kind of style.kinds) {
    root.style.setProperty(`--gi-${kind.id}`, dark ? kind.dark : kind.light);
  }
}

/** A ring split by kind round a number: the look of a cluster. */
export function clusterSymbol(style, counts, total, size) {
  const radius = 18;
  const around = 2 * Math.PI * radius;
  const parts = [svg("circle", { cx: 22, cy: 22, r: 21, class: "gi-plate" })];
  let done = 0;
  counts.forEach((count, k) => {
    if (!count) return;
    const length = (count / total) * around;
    parts.push(tinted(style.kinds[k], svg("circle", {
      cx: 22, cy: 22, r: radius, fill: "none", class: "gi-arc",
      "stroke-width": 4.5, "stroke-dasharray": `${Math.max(length - 1, 0.8)} ${around}`,
      "stroke-dashoffset": -done, transform: "rotate(-90 22 22)",
    })));
    done += length;
  });
  return svg("svg", {
    class: "gi-cluster", viewBox: "0 0 44 44", width: size, height: size, "aria-hidden": "true",
    focusable: "false",
  }, ...parts);
}
