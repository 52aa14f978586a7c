// Symbols: shape by kind, size by toll, outline by verification, fill by precision.

import { svg } from "./dom.js";

/** Diameter in pixels for a best toll; null or undefined means no toll is known. */
export function diameter(size, toll) {
  if (toll === null || toll === undefined) return size.none;
  const share = Math.sqrt(Math.max(0, toll) / size.full);
  return Math.round(size.min + Math.min(1, share) * (size.max - size.min));
}

/** Best count of people killed, else injured; null when neither is known. */
export function toll(estimates) {
  return estimates.killed?.best ?? estimates.injured?.best ?? null;
}

const DASH = { dashed: "3 2.4", dotted: "1 2.6" };

function outline(path, kind, verification, width) {
  const line = { d: path, fill: "none", "stroke-linejoin": "round" };
  const dash = DASH[verification];
  if (verification === "double") {
    return [
      svg("path", { ...line, class: "gi-ink", "stroke-width": width * 3.4 }),
      svg("path", { ...line, class: "gi-halo", "stroke-width": width * 1.5 }),
    ];
  }
  return [
    svg("path", { ...line, class: "gi-halo", "stroke-width": width * 2.2 }),
    svg("path", { ...line, class: "gi-ink", "stroke-width": width * 1.2, "stroke-dasharray": dash }),
  ];
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
    : strike(kind, path, look, unit);
  return tinted(kind, svg("svg", {
    class: "gi-symbol", viewBox: "-3 -3 30 30", width: size * 1.25, height: size * 1.25,
    "aria-hidden": "true", focusable: "false",
  }, ...body));
}

function tinted(kind, node) {
  node.style.setProperty("--c", `var(--gi-${kind.id})`);
  return node;
}

function strike(kind, path, look, unit) {
  const ring = look.fill === "ring";
  const parts = [
    ...outline(path, kind, look.outline, unit),
    svg("path", { d: path, class: ring ? "gi-body gi-hollow" : "gi-body" }),
  ];
  if (ring) {
    parts.push(svg("path", { d: path, class: "gi-rim", "stroke-width": unit * 3.2 }));
  }
  if (look.empty) parts.push(svg("circle", { cx: 12, cy: 13, r: 2.6, class: "gi-pip" }));
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
      transform: "translate(12 12) scale(0.86) translate(-12 -12)",
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
