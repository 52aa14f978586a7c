// A toll as a small timeline of claims: 14 → 21 → 24, who said each and where.

import { el, svg } from "./dom.js";

/** A count as its report has it: "24", "at least 39", "13–15", "dozens" in its own words. */
export function figure(claim, i18n) {
  const { min, max, qualifier } = claim;
  if (min === null && max === null) return `“${claim.source.text}”`;
  const number = min !== null && max !== null && min !== max
    ? `${i18n.number(min)}–${i18n.number(max)}` : i18n.number(min ?? max);
  const key = `qualifier.${qualifier}`;
  return qualifier !== "exact" && i18n.has(key) ? i18n.t(key, { figure: number }) : number;
}

/** Totals of one measure, in order of what they were as of. */
export function series(item, measure, store) {
  const list = item.claims.filter((c) => c.measure === measure && !c.part);
  const key = (c) => c.asOf || store.report(c.source.report)?.published || "";
  return list.map((claim, k) => ({ claim, k, key: key(claim) }))
    .sort((a, b) => a.key.localeCompare(b.key) || (a.claim.min ?? 0) - (b.claim.min ?? 0) || a.k - b.k)
    .map(({ claim }) => claim);
}

/** The steps of a toll as a line of dots, each pressable. */
export function tollLine(claims, estimate, { i18n, press }) {
  const values = claims.map((c) => c.min ?? c.max);
  const most = Math.max(...values.filter((v) => v !== null), 1);
  const least = Math.min(...values.filter((v) => v !== null), most);
  const width = 300;
  const height = claims.length > 1 ? 62 : 34;
  const x = (k) => (claims.length > 1 ? 22 + (k * (width - 60)) / (claims.length - 1) : 22);
  const y = (v) => (most === least ? height - 14 : height - 14 - ((v - least) / (most - least)) * (height - 34));
  const points = values.map((v, k) => (v === null ? null : [x(k), y(v), claims[k].recap])).filter(Boolean);
  const line = points.map((p, k) => `${k ? `H${p[0]}V${p[1]}` : `M${p[0]} ${p[1]}`}`).join("");
  const chart = svg("svg", { class: "gi-toll-line", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    svg("path", { d: line, class: "gi-toll-path" }),
    points.map((p) => svg("circle", { cx: p[0], cy: p[1], r: 4.5, class: p[2] ? "gi-toll-dot gi-recap" : "gi-toll-dot" })),
    values.map((v, k) => v !== null && svg("text", { x: x(k), y: y(v) - 9, class: "gi-toll-text", text: i18n.number(v) })).filter(Boolean));
  return el("div", { class: "gi-toll" }, claims.length > 1 ? chart : null,
    el("ol", { class: "gi-claims" }, claims.map((claim) => press(claim))), estimate);
}
