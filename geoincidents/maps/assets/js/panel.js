// The panel of an incident: who claims what, and every number traced to its words.

import { el, link, refill } from "./dom.js";
import { placesTold, reportsOf } from "./data.js";
import { symbol } from "./symbols.js";
import { figure, series, tollLine } from "./tolls.js";

// Incidents of one spot that a list holds; the table holds more.
const LISTED = 500;

/** Builds panels; `toggle` opens and closes the quotes. */
export function createPanel({ store, style, i18n }) {
  const { t } = i18n;

  function whenReported(report) {
    if (!report?.published) return null;
    const stamp = Date.parse(report.published);
    if (!Number.isFinite(stamp)) return report.published;
    const isDay = /^\d{4}-\d\d-\d\d$/.test(report.published);
    return (isDay ? i18n.day : i18n.dayTime)(stamp / 60000) + (isDay ? "" : " UTC");
  }

  function origin(source) {
    const report = store.report(source.report);
    if (!report) return null;
    const name = report.publisher || report.title || report.id;
    return el("cite", { class: "gi-origin" }, report.url ? link(report.url, name) : el("bdi", { text: name }),
      whenReported(report) ? el("span", { text: ` · ${whenReported(report)}` }) : null);
  }

  function quoted(source) {
    const report = store.report(source.report);
    const words = el("q", { dir: "auto", text: source.text || "" });
    const quote = el("blockquote", { class: "gi-quote" }, report?.graphic ? gate(words) : words, origin(source));
    return quote;
  }

  /** A gate before words of a report that is marked graphic. */
  function gate(words) {
    const holder = el("span", { class: "gi-gate" });
    holder.append(el("button", {
      type: "button", class: "gi-plain", text: t("panel.graphic"), onclick: () => holder.replaceWith(words),
    }));
    return holder;
  }

  /** A line that opens to show its words and source. */
  function traced(label, source, extra) {
    return el("details", { class: "gi-traced" }, el("summary", {}, label), quoted(source), extra);
  }

  function header(item) {
    const { main: place, whole, all } = placesTold(item);
    const kind = style.kinds[item.kind];
    const words = item.timeText ? el("span", { class: "gi-dim", dir: "auto", text: ` “${item.timeText}”` }) : null;
    return el("header", { class: "gi-panel-head" },
      el("p", { class: "gi-eyebrow" }, symbol(style, { kind, size: 15, fill: "solid", outline: "solid" }), el("span", { text: t(`kind.${kind.id}`) }),
        el("span", { class: `gi-status gi-v-${item.verification}`, text: t(`verification.${item.verification}`) })),
      el("h2", { tabindex: "-1", dir: "auto", text: (whole || place)?.name || t("place.unknown") }),
      place ? el("p", { class: "gi-where", dir: "auto", text: where(place, whole, all) }) : null,
      el("p", { class: "gi-when" }, i18n.when(item.start, item.end, item.timePrecision, item.offset), words),
      item.weapons.length ? el("p", { class: "gi-tags" }, item.weapons.map((w) => el("span", { class: "gi-tag", dir: "auto", text: w }))) : null);
  }

  function where(place, whole, all) {
    if (all.length > 1) return all.slice(whole ? 0 : 1).map((p) => p.name).filter(Boolean).join(", ");
    return [place.admin1, place.country].filter((name) => name && name !== place.name).join(", ");
  }

  function best(estimate) {
    const { low, best: figure_, high } = estimate;
    return el("p", { class: "gi-best" },
      el("b", { text: i18n.number(figure_) }),
      low === high ? null : el("span", { text: t("toll.range", { low, high }) }));
  }

  function measure(item, name) {
    const claims = series(item, name, store);
    const estimate = item.estimates[name];
    if (!claims.length && !estimate) return null;
    const parts = item.claims.filter((c) => c.measure === name && c.part);
    const press = (claim) => el("li", {}, traced(claimLabel(claim), claim.source));
    return el("section", { class: "gi-measure" },
      el("div", { class: "gi-measure-head" }, el("h3", { text: i18n.term("measure", name) }), estimate ? best(estimate) : null),
      claims.length ? tollLine(claims, null, { i18n, press }) : null,
      parts.length ? el("p", { class: "gi-parts" }, el("span", { text: t("toll.of_whom") }), " ",
        parts.map((c) => `${figure(c, i18n)} ${c.subject || ""}`.trim()).join("; ")) : null);
  }

  function claimLabel(claim) {
    const report = store.report(claim.source.report);
    const outlet = claim.claimant ? report?.publisher : null;
    const from = [outlet, whenReported(report)].filter(Boolean).join(" · ");
    return el("span", { class: "gi-claim" }, el("b", { text: figure(claim, i18n) }), " ",
      el("span", { dir: "auto", text: claim.claimant || report?.publisher || t("claim.unattributed") }),
      claim.recap ? el("span", { class: "gi-dim", text: ` · ${t("claim.recap")}` }) : null,
      from ? el("small", { class: "gi-claim-from", dir: "auto", text: from }) : null);
  }

  const NUMBERS = ["killed", "injured", "missing", "displaced", "launched", "intercepted"];

  function tolls(item) {
    const others = [...new Set(item.claims.map((c) => c.measure))].filter((m) => !NUMBERS.includes(m) && !m.startsWith("damaged:"));
    return [...NUMBERS, ...others].map((name) => measure(item, name));
  }

  function damage(item) {
    if (!item.damage.length) return null;
    const amount = ([what, low, high]) => `${what}: ${low === null ? high ?? "?" : high !== null && high !== low ? `${i18n.number(low)}–${i18n.number(high)}` : i18n.number(low)}`;
    return section("damage", el("p", { class: "gi-tags" }, item.damage.map((d) => el("span", { class: "gi-tag", dir: "auto", text: amount(d) }))));
  }

  function section(name, ...body) {
    const parts = body.flat().filter(Boolean);
    return parts.length ? el("section", { class: `gi-section gi-s-${name}` }, el("h3", { text: t(`panel.${name}`) }), parts) : null;
  }

  function responses(item) {
    return section("responses", item.responses.map((response) => {
      const kind = style.kinds[response.style];
      const detail = [response.quantity !== null && response.quantity !== undefined ? i18n.number(response.quantity) : null, response.actor, response.place, response.time].filter(Boolean).join(" · ");
      return traced(el("span", { class: "gi-response" },
        symbol(style, { kind, size: 16, fill: "solid", outline: "solid" }),
        el("b", { text: i18n.term("response", response.kind) }), " ", el("span", { dir: "auto", text: detail })), response.source);
    }));
  }

  function actors(item) {
    return section("actors", item.actors.map((actor) => traced(el("span", {},
      el("span", { class: "gi-dim", text: `${i18n.term("actor", actor.role)}: ` }), el("b", { dir: "auto", text: actor.name || "" }),
      actor.by ? el("span", { dir: "auto", text: ` · ${t("actor.by", { by: actor.by })}` }) : null), actor.source)));
  }

  function located(item) {
    return section("located", item.places.map((place) => {
      const radius = place.uncertainty >= 1000 ? `${i18n.number(Math.round(place.uncertainty / 1000))} km` : `${i18n.number(place.uncertainty)} m`;
      const label = el("span", {}, place.role === "target" ? null : el("span", { class: "gi-dim", text: `${i18n.term("role", place.role)}: ` }),
        el("b", { dir: "auto", text: place.name || t("place.unknown") }),
        el("span", { class: "gi-dim", text: ` · ${i18n.term("precision", place.precision)} ±${radius} · ${Math.round(place.confidence * 100)} %` }));
      const why = place.evidence.length ? el("ul", { class: "gi-evidence" }, place.evidence.map((e) => el("li", { dir: "auto", text: e }))) : null;
      return traced(label, place.source, why);
    }));
  }

  function disputes(item) {
    const flags = item.flags.map((flag) => el("p", { class: "gi-flag", dir: "auto", text: flag }));
    const quotes = item.quotes.map((source) => quoted(source));
    const merged = item.merged.length ? el("details", { class: "gi-traced" }, el("summary", { text: t("panel.merged") }),
      el("ul", { class: "gi-evidence" }, item.merged.map((m) => el("li", { dir: "auto", text: m })))) : null;
    return [section("contradicts", flags), section("verification", quotes), merged];
  }

  function sources(item) {
    return section("sources", el("ul", { class: "gi-sources" }, reportsOf(store, item).map((report) => el("li", {},
      el("bdi", { class: "gi-source-name", text: report.publisher || report.id }),
      report.title ? el("span", { class: "gi-source-title", dir: "auto" }, report.graphic ? gate(el("span", { text: report.title })) : report.title) : null,
      el("span", { class: "gi-dim", text: whenReported(report) || t("time.unknown") }),
      report.url ? link(report.url, t("panel.read")) : null))));
  }

  /** The whole panel of incident `i`. */
  function incident(i) {
    const item = store.incident(i);
    const extra = item.extra.length ? section("extra", el("dl", { class: "gi-extra" }, item.extra.flatMap(([k, v]) => [el("dt", { dir: "auto", text: k }), el("dd", { dir: "auto", text: v })]))) : null;
    const read = item.sources[0] ? section("reported", quoted(item.sources[0])) : null;
    return [header(item), tolls(item), damage(item), responses(item), actors(item), located(item), disputes(item), read, sources(item), extra,
      el("footer", { class: "gi-panel-foot" }, el("code", { text: item.id }), el("span", { text: t("panel.confidence", { n: Math.round(item.confidence * 100) }) }))].flat();
  }

  /** A list to choose from, where several incidents share a spot. */
  function group(list, title, select) {
    return [el("header", { class: "gi-panel-head" }, el("h2", { tabindex: "-1", text: t("area.title", { n: list.length }) })),
      el("ul", { class: "gi-group" }, list.slice(0, LISTED).map((i) => el("li", {}, el("button", { type: "button", class: "gi-group-item", onclick: () => select(i) },
        symbol(style, { kind: style.kinds[store.col.kind[i]], size: 15, fill: "solid", outline: "solid" }), el("span", { dir: "auto", text: title(i) }))))),
      list.length > LISTED ? el("p", { class: "gi-hint", text: t("panel.listed", { n: LISTED }) }) : null];
  }

  return { incident: (root, i) => refill(root, incident(i)), group: (root, list, title, select) => refill(root, group(list, title, select)) };
}
