// The table in step with the view: sortable, virtual, and the way in for screen readers.

import { el, refill } from "./dom.js";
import { mainPlace, placeName } from "./data.js";
import { symbol } from "./symbols.js";

// Height of a row in pixels, as the style sheet has it.
const [ROW_WIDE, ROW_NARROW] = [36, 44];
const SPARE = 8;
// Paper bears so many rows; more are for the downloads.
const PRINTED = 1000;

/** Build the table in `root`; `select(i)` is told the row a reader opens. */
export function createTable(root, { store, style, i18n, select, title }) {
  const { t } = i18n;
  const narrow = matchMedia("(max-width: 600px)");
  const rowHeight = () => (narrow.matches ? ROW_NARROW : ROW_WIDE);
  const columns = [
    { name: "date", sort: (i) => store.col.t0[i] },
    { name: "place", sort: (i) => placeName(store.incident(i)) || "", text: true },
    { name: "kind", sort: (i) => i18n.term("kind", style.kinds[store.col.kind[i]].id), text: true },
    { name: "killed", number: true, sort: (i) => store.estimates(i).killed?.best ?? -1 },
    { name: "injured", number: true, sort: (i) => store.estimates(i).injured?.best ?? -1 },
    { name: "precision", sort: (i) => store.col.precision[store.at.loc[i]] },
    { name: "verification", sort: (i) => store.col.verification[i] },
    { name: "sources", number: true, sort: (i) => store.at.source[i + 1] - store.at.source[i] },
  ];
  const collator = new Intl.Collator(i18n.locale);
  let rows = new Uint32Array(0);
  let seen = new Uint8Array(store.n);
  let ranks = { key: "", list: rows };
  let order = { name: "date", down: true };
  let selected = -1;
  let printing = false;
  const body = el("tbody");
  const heads = columns.map(head);
  const table = el("table", { class: "gi-table", "aria-rowcount": 0 },
    el("caption", { class: "gi-hidden", text: t("table.caption") }),
    el("thead", {}, el("tr", { "aria-rowindex": 1 }, heads)), body);
  const scroller = el("div", { class: "gi-table-scroll", tabindex: "-1" }, table);
  const rest = el("p", { class: "gi-hint gi-rest", hidden: true });
  const empty = el("p", { class: "gi-empty", hidden: true, text: t("table.empty") });
  refill(root, scroller, empty, rest);
  scroller.addEventListener("scroll", draw, { passive: true });
  new ResizeObserver(draw).observe(scroller);

  function head(column) {
    const press = el("button", { type: "button", class: "gi-sort", onclick: () => sortBy(column.name) }, t(`table.${column.name}`));
    return el("th", { scope: "col", class: column.number ? "gi-num" : null, data: { column: column.name } }, press);
  }

  function sortBy(name) {
    order = { name, down: order.name === name ? !order.down : name !== "place" && name !== "kind" };
    sort();
    scroller.scrollTop = 0;
    draw();
  }

  /** All incidents in the order of a column: made once, so that a move only picks from it. */
  function ranked() {
    const key = `${order.name} ${order.down}`;
    if (ranks.key === key) return ranks.list;
    const column = columns.find((c) => c.name === order.name);
    ranks = { key, list: column.text ? byText(column) : byNumber(column) };
    return ranks.list;
  }

  function byText(column) {
    const keys = Array.from({ length: store.n }, (_, i) => column.sort(i));
    const sign = order.down ? -1 : 1;
    return Uint32Array.from(keys.keys()).sort((a, b) => sign * collator.compare(keys[a], keys[b]) || a - b);
  }

  /** Numbers with the incident's own packed behind: sorting needs no comparison function. */
  function byNumber(column) {
    const { n } = store;
    const packed = new Float64Array(n);
    for (let i = 0; i < n; i++) {
      const key = column.sort(i);
      packed[i] = (Number.isNaN(key) ? 1e10 : order.down ? -key : key) * n + i;
    }
    return Uint32Array.from(packed.sort(), (value) => ((value % n) + n) % n);
  }

  function sort() {
    const list = ranked();
    const picked = new Uint32Array(list.length);
    let count = 0;
    for (let k = 0; k < list.length; k++) if (seen[list[k]]) picked[count++] = list[k];
    rows = picked.subarray(0, count);
    for (const th of heads) {
      const is = th.dataset.column === order.name;
      if (is) th.setAttribute("aria-sort", order.down ? "descending" : "ascending");
      else th.removeAttribute("aria-sort");
    }
  }

  function range(estimate) {
    if (!estimate) return "–";
    const { low, best, high } = estimate;
    return low === high ? i18n.number(best) : `${i18n.number(best)} (${i18n.number(low)}–${i18n.number(high)})`;
  }

  function line(i, number) {
    const item = store.incident(i);
    const place = mainPlace(item);
    const kind = style.kinds[item.kind];
    const open = el("button", { type: "button", class: "gi-open", dir: "auto", text: placeName(item) || t("place.unknown"), onclick: () => select(i) });
    open.setAttribute("aria-label", title(i));
    const row = el("tr", { "aria-rowindex": number + 2, data: { incident: i }, "aria-selected": String(i === selected) },
      el("td", { text: i18n.when(item.start, item.end, item.timePrecision, item.offset) }),
      el("td", {}, open),
      el("td", { class: "gi-kind-cell" }, symbol(style, { kind, size: 13, fill: "solid", outline: "solid" }), i18n.term("kind", kind.id)),
      el("td", { class: "gi-num", text: range(item.estimates.killed) }),
      el("td", { class: "gi-num", text: range(item.estimates.injured) }),
      el("td", { text: place ? i18n.term("precision", place.precision) : "–" }),
      el("td", { text: i18n.term("verification", item.verification) }),
      el("td", { class: "gi-num", text: i18n.number(new Set(item.sources.concat(item.claims.map((c) => c.source)).map((s) => s.report)).size) }));
    row.addEventListener("click", (event) => event.target === open || select(i));
    return row;
  }

  function draw() {
    if (printing) return;
    const height = scroller.clientHeight || 200;
    const first = Math.max(0, Math.floor(scroller.scrollTop / rowHeight()) - SPARE);
    fill(first, Math.min(rows.length, first + Math.ceil(height / rowHeight()) + 2 * SPARE));
  }

  function fill(first, last) {
    const gap = (count) => (count > 0 ? el("tr", { class: "gi-gap", "aria-hidden": "true" }, spacer(count)) : null);
    const focused = body.contains(document.activeElement) ? document.activeElement.closest("tr")?.dataset.incident : null;
    refill(body, gap(first), Array.from(rows.subarray(first, last), (i, k) => line(i, first + k)), gap(printing ? 0 : rows.length - last));
    if (focused) body.querySelector(`tr[data-incident="${Number(focused)}"] .gi-open`)?.focus({ preventScroll: true });
    empty.hidden = rows.length > 0;
  }

  function spacer(count) {
    const cell = el("td", { colspan: columns.length });
    cell.style.height = `${count * rowHeight()}px`;
    return cell;
  }

  function reveal(i) {
    const at = rows.indexOf(i);
    if (at < 0) return;
    const y = at * rowHeight();
    if (y < scroller.scrollTop || y > scroller.scrollTop + scroller.clientHeight - 2 * rowHeight()) {
      scroller.scrollTop = Math.max(0, y - rowHeight());
    }
  }

  return {
    /** Show the incidents marked 1. */
    update(marks) {
      seen = marks;
      sort();
      table.setAttribute("aria-rowcount", rows.length + 1);
      draw();
    },
    select(i) {
      selected = i;
      reveal(i);
      draw();
    },
    /** The incident `by` rows after the selected one, or -1. */
    beside(i, by) {
      const at = rows.indexOf(i);
      return rows[at < 0 ? (by > 0 ? 0 : rows.length - 1) : at + by] ?? -1;
    },
    rows: () => rows,
    /** Hold all rows that paper bears, or again those in sight. */
    print(on) {
      printing = on;
      rest.hidden = !on || rows.length <= PRINTED;
      rest.textContent = t("table.printed", { n: PRINTED, all: rows.length });
      if (on) fill(0, Math.min(rows.length, PRINTED));
      else draw();
    },
  };
}
