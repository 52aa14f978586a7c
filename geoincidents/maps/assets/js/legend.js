// The legend states every rule; the footer every source, licence and policy.

import { el, link, refill, svg } from "./dom.js";
import { clusterSymbol, diameter, symbol } from "./symbols.js";

/** Build the legend in `root` for the kinds that occur. */
export function createLegend(root, { style, i18n, kindsShown, hasAreas, hasLaunch }) {
  const { t } = i18n;
  const row = (picture, text) => el("li", {}, el("span", { class: "gi-key" }, picture), el("span", { text }));
  const plain = (kind, more = {}) => symbol(style, { kind, size: 16, fill: "solid", outline: "solid", ...more });
  const strikes = style.kinds.filter((k, n) => k.layer === "strike" && kindsShown.has(n));
  const responses = style.kinds.filter((k, n) => k.layer === "response" && kindsShown.has(n));
  const sample = strikes[0] || style.kinds.find((k) => k.layer === "strike");
  const block = (title, rows) => (rows.length ? el("section", {}, el("h3", { text: t(title) }), el("ul", {}, rows)) : null);

  const sizes = [1, 10, style.size.full].map((n) =>
    el("span", { class: "gi-size" }, plain(sample, { size: diameter(style.size, n) }), el("small", { text: i18n.number(n) + (n === style.size.full ? "+" : "") })));

  refill(root, el("summary", { text: t("legend.title") }), el("div", { class: "gi-legend-body" },
    block("legend.strikes", strikes.map((k) => row(plain(k), t(`kind.${k.id}`)))),
    block("legend.responses", responses.map((k) => row(plain(k), t(`kind.${k.id}`)))),
    block("legend.sure", Object.entries(style.verification).map(([name, outline]) => row(plain(sample, { outline, size: 21 }), t(`legend.${name}`)))),
    block("legend.where", [
      row(plain(sample), t("legend.site")),
      row(plain(sample, { fill: "ring" }), t("legend.vicinity")),
      hasAreas ? row(swatch(false), t("legend.area")) : null,
      hasAreas ? row(swatch(true), t("legend.alert")) : null,
      hasLaunch ? row(svg("svg", { viewBox: "0 0 24 24", width: 22, height: 22, "aria-hidden": "true" }, svg("path", { d: "M2 20Q8 6 22 4", class: "gi-path-key" })), t("legend.launch")) : null,
      row(clusterSymbol(style, style.kinds.map((k) => (k.layer === "strike" ? 1 : 0)), style.kinds.filter((k) => k.layer === "strike").length, 22), t("legend.cluster")),
      row(svg("svg", { viewBox: "0 0 24 24", width: 22, height: 22, "aria-hidden": "true" }, svg("path", { d: "M1 12H23", class: "gi-line-key" })), t("legend.line")),
    ].filter(Boolean)),
    el("section", {}, el("h3", { text: t("legend.size") }), el("div", { class: "gi-sizes" }, sizes),
      el("ul", {}, row(plain(sample, { empty: true }), t("legend.none"))))));
}

function swatch(isAlert) {
  const lines = [-6, 2, 10, 18].map((d) => svg("path", { d: isAlert ? `M${d} 3L${d + 18} 21` : `M${d} 21L${d + 18} 3` }));
  const name = isAlert ? "gi-swatch gi-swatch-alert" : "gi-swatch";
  return svg("svg", { class: name, viewBox: "0 0 24 24", width: 22, height: 22, "aria-hidden": "true" },
    svg("g", { class: "gi-swatch-lines" }, lines), svg("rect", { x: 2, y: 4, width: 20, height: 16, class: "gi-swatch-edge" }));
}

/** How far the data goes and when the page was made; without dates, the latter alone. */
export function cutoff(meta, t) {
  return meta.cutoff ? t("about.cutoff", { date: meta.cutoff, made: meta.made }) : t("about.made", { made: meta.made });
}

/** The footer: cut-off, policies, what could not be read, sources and licences. */
export function createFooter(root, { meta, i18n }) {
  const { t } = i18n;
  const notes = [
    cutoff(meta, t), t("about.boundaries"), t("about.launch"),
    meta.decimals === null ? null : t("about.rounding", { n: meta.decimals }),
    meta.unresolved ? t("about.unresolved", { n: meta.unresolved }) : null, ...meta.notices,
  ].filter(Boolean);
  refill(root, el("details", { class: "gi-about" }, el("summary", { text: t("about.title") }),
    el("div", {}, notes.map((text) => el("p", { dir: "auto", text })),
      el("h3", { text: t("about.licences") }),
      el("ul", {}, meta.licences.map(({ name, licence, url, note }) => el("li", {}, link(url, name), ` — ${licence}${note ? ` · ${note}` : ""}`))))),
  el("p", { class: "gi-foot-line", text: [cutoff(meta, t), meta.attribution].filter(Boolean).join(" · ") }));
}
