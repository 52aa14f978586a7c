// Laws of our modules, run by node's own test runner: node --test tests/js

import assert from "node:assert/strict";
import test from "node:test";

const JS = new URL("../../geoincidents/maps/assets/js/", import.meta.url);
const load = (name) => import(new URL(name, JS));

const { parseHash, formatHash, emptyState, filtersInUse } = await load("state.js");
const { safeUrl } = await load("dom.js");
const { translator } = await load("i18n.js");
const { unfold, clipRing, inRings, circleRing, unitX, unitY, lonOf, latOf } = await load("mercator.js");
const { occupancy } = await load("labels.js");
const { binning, histogram, commonOffset } = await load("timeline.js");
const { cell, polygons, embedCode } = await load("share.js");
const { meaning } = await load("keys.js");
const { settle } = await load("sheet.js");
const { diameter, toll } = await load("symbols.js");
const { numbers, starts, readData, placeName } = await load("data.js");
const { createFilters } = await load("filters.js");
const { figure } = await load("tolls.js");
const { createLater } = await load("later.js");

test("a state survives the way through the hash", () => {
  const state = {
    ...emptyState(), view: { zoom: 7.5, lat: 50.5, lon: 36.25 }, selected: "inc & co/1", from: 28000000, to: 28001439, query: "a=b&c",
    kind: ["air"], place: ["Ukraine / Kharkiv Oblast", "№ 5, €"], tollMin: 3, layers: ["strike"], lang: "uk", theme: "dark", table: false,
  };
  assert.deepEqual(parseHash(`#${formatHash(state)}`), state);
});

test("a hash that is not ours gives the empty state", () => {
  for (const hash of ["", "#", "#map=1/2", "#map=NaN/0/0", "#map=3/95/0", "#lang=xx&theme=blue&table=2", "#from=1e99&to=abc", "#%", "#__proto__=x"]) {
    assert.deepEqual(parseHash(hash), emptyState(), hash);
  }
});

test("only http and https addresses are links", () => {
  assert.equal(safeUrl("https://example.org/a?b"), "https://example.org/a?b");
  for (const bad of ["javascript:alert(1)", " JavaScript:alert(1)", "data:text/html,x", "//example.org", "vbscript:x", "https:", null, 3, "java\nscript:x", "blob:https://x/1"]) {
    assert.equal(safeUrl(bad), null, String(bad));
  }
});

const messages = { en: { n: { one: "{n} place", other: "{n} places" }, hi: "hi {who}", "time.unknown": "?" }, uk: { n: { one: "{n} місце", few: "{n} місця", many: "{n} місць", other: "{n} місць" } } };

test("plurals follow the language, and English fills gaps", () => {
  const uk = translator(messages, "uk");
  assert.deepEqual([1, 3, 5, 21].map((n) => uk.t("n", { n })), ["1 місце", "3 місця", "5 місць", "21 місце"]);
  assert.equal(uk.t("hi", { who: "{n}" }), "hi {n}");
  assert.equal(translator(messages, "xx").lang, "en");
});

test("a time is told no finer than it is known, in the place's own time", () => {
  const { when } = translator(messages, "en");
  const start = Date.UTC(2023, 11, 30, 12) / 60000;
  assert.equal(when(start, start + 60, "hour", 180), "30 Dec 2023, 15:00–16:00");
  assert.equal(when(start, start + 60, "day", 180), "30 Dec 2023");
  assert.equal(when(start, start + 60, "month", 180), "December 2023");
  assert.equal(when(start - 720, start + 720, "day", 0), "30 Dec 2023");
  assert.equal(when(NaN, NaN, null), "?");
});

test("degrees come back from the unit square", () => {
  for (const [lon, lat] of [[36.6, 50.6], [-179.9, -84], [0, 0]]) {
    assert.ok(Math.abs(lonOf(unitX(lon)) - lon) < 1e-9);
    assert.ok(Math.abs(latOf(unitY(lat)) - lat) < 1e-9);
  }
});

test("a ring cut to a box stays within it, and is whole inside", () => {
  const square = Float64Array.from([0, 0, 4, 0, 4, 4, 0, 4]);
  const cut = clipRing(square, [0, 0, 4, 4], [1, 1, 2, 9]);
  assert.ok(cut.every((v, i) => (i % 2 ? v >= 1 && v <= 4 : v >= 1 && v <= 2)));
  assert.equal(clipRing(square, [0, 0, 4, 4], [-1, -1, 9, 9]), square);
  assert.equal(clipRing(square, [0, 0, 4, 4], [5, 5, 6, 6]).length, 0);
});

test("deltas unfold to points, and a point in a hole is outside", () => {
  const outer = unfold([0, 0, 40, 0, 0, 40, -40, 0, 0, -40], 1);
  const hole = unfold([10, 10, 10, 0, 0, 10, -10, 0, 0, -10], 1);
  assert.ok(inRings(unitX(5), unitY(5), [outer, hole]));
  assert.ok(!inRings(unitX(15), unitY(15), [outer, hole]));
});

test("a circle lies about its centre at its radius", () => {
  const { points } = circleRing(36, 50, 100000);
  const lats = Array.from(points).filter((_, i) => i % 2).map(latOf);
  assert.ok(Math.abs((Math.max(...lats) - Math.min(...lats)) * 111195 - 200000) < 500);
});

test("no two boxes taken overlap", () => {
  const taken = occupancy();
  const boxes = [];
  for (let k = 0; k < 400; k++) {
    const [x, y] = [(k * 37) % 300, (k * 91) % 300];
    const box = [x, y, x + 40, y + 14];
    if (taken.add(box)) boxes.push(box);
  }
  const overlap = (a, b) => a[0] < b[2] && a[2] > b[0] && a[1] < b[3] && a[3] > b[1];
  assert.ok(boxes.length > 20);
  assert.ok(boxes.every((a, i) => boxes.every((b, j) => i === j || !overlap(a, b))));
});

test("a histogram shares an incident among its days and loses none", () => {
  const t0 = Float64Array.from([0, 1440, NaN, 2880]);
  const dt = Int32Array.from([0, 2880, 0, 100]);
  const bins = binning(t0, dt);
  const sums = histogram(bins, t0, dt, new Uint8Array(4).fill(1));
  assert.ok(Math.abs(sums.reduce((a, b) => a + b) - 3) < 1e-9);
  assert.equal(binning(Float64Array.from([NaN]), Int32Array.from([0])), null);
});

test("the strip's local time is the commonest", () => {
  assert.equal(commonOffset((i) => [120, 180, 180][i], 3), 180);
  assert.equal(commonOffset(() => 0, 0), 0);
});

test("no cell is a formula and quotes are doubled", () => {
  assert.equal(cell("=1+1"), "'=1+1");
  assert.equal(cell('a "b", c'), '"a ""b"", c"');
  assert.equal(cell(-3), "-3");
  assert.equal(cell(null), "");
});

test("rings go to polygons with their holes", () => {
  const made = polygons([[0, 0, 40, 0, 0, 40, -40, 0, 0, -40], [10, 10, 0, 10, 10, 0, 0, -10, -10, 0], [100, 0, 10, 0, 0, 10, -10, 0, 0, -10]], 1);
  assert.deepEqual(made.map((p) => p.length), [2, 1]);
});

test("embed code cannot be broken out of", () => {
  assert.ok(!embedCode('x"><script>', 'a"b').includes("<script>"));
});

test("keys mean nothing in fields or with modifiers", () => {
  const body = { tagName: "BODY", classList: { contains: () => false } };
  assert.deepEqual(meaning({ key: "ArrowLeft", target: body }), ["step", -1]);
  assert.equal(meaning({ key: "/", target: { tagName: "INPUT" } }), null);
  assert.equal(meaning({ key: "p", ctrlKey: true, target: body }), null);
  assert.deepEqual(meaning({ key: "Escape", target: { tagName: "INPUT" } }), ["close"]);
});

test("a drag of the sheet ends at full, half or closed", () => {
  assert.deepEqual([0.9, 0.5, 0.1].map(settle), ["full", "half", "closed"]);
});

test("size grows with the root of the toll, within bounds, and no toll is not zero", () => {
  const size = { none: 20, min: 21, max: 40, full: 100 };
  assert.deepEqual([null, 0, 25, 100, 9999].map((n) => diameter(size, n)), [20, 21, 31, 40, 40]);
  assert.equal(toll({ injured: { best: 3 } }), 3);
  assert.equal(toll({}), null);
});

test("columns: one value fills, null is the given none, starts add up", () => {
  assert.deepEqual([...numbers(7, 3)], [7, 7, 7]);
  assert.deepEqual([...numbers([1, null], 2, Int32Array, -1)], [1, -1]);
  assert.deepEqual([...starts([2, 0, 1], 3)], [0, 2, 2, 3]);
});

const raw = {
  grid: 10, precision: ["site", "admin1"], roles: ["target", "launch", "intercept", "response"], verification: ["confirmed", "claimed"],
  qualifiers: ["exact"], timePrecision: ["day"], strings: [null, "Here", "Land", "killed", "Ann"], groups: [[], [["killed", 3, 3, 3]], ["drone"]], areas: [],
  incident: { n: 2, id: ["a", "b"], kind: [0, 1], type: 0, sub: 0, t0: [0, null], dt: 0, tp: 0, tz: 0, tt: 0, ver: [0, 1], conf: 50, est: [1, 0], weapons: [2, 0], damage: 0, flags: 0, merged: 0, extra: 0, loc: 1, claim: [1, 0], resp: 0, actor: 0, quote: 0, source: 0 },
  place: { n: 2, role: 0, shown: 1, name: 1, x: [1, 2], y: [3, 4], prec: [0, 1], unc: 5, conf: 9, area: -1, admin1: 0, country: 2, cc: 0, rel: 0, ev: 0, rep: 0, a: 0, b: 1, text: 1 },
  claim: { n: 1, m: 3, min: 3, max: 3, q: 0, who: 4, subj: 0, asof: 0, scope: 0, fl: 0, rep: 0, a: 0, b: 1, text: 1 },
  response: { n: 0 }, actor: { n: 0 }, quote: { n: 0 }, source: { n: 0 },
  report: { n: 1, id: "r", title: 0, publisher: 4, url: 0, published: 0, lang: 0, graphic: 0 },
};
const style = { kinds: [{ id: "air", layer: "strike" }, { id: "alert", layer: "response" }] };

test("an incident reads back from its columns", () => {
  const store = readData(raw);
  const item = store.incident(0);
  assert.equal(placeName(item), "Here");
  assert.deepEqual(item.claims[0].claimant, "Ann");
  assert.deepEqual(item.estimates.killed, { low: 3, best: 3, high: 3 });
  assert.equal(store.find("b"), 1);
  assert.equal(store.find("zzz"), -1);
});

test("filters combine, undated incidents stay, counts ignore their own facet", () => {
  const store = readData(raw);
  const filters = createFilters(store, style);
  filters.apply({ ...emptyState(), from: 10, to: 20 });
  assert.deepEqual([...filters.mask()], [0, 1]);
  filters.apply({ ...emptyState(), kind: ["air"] });
  assert.deepEqual([...filters.mask()], [1, 0]);
  const kind = filters.facets.find((f) => f.name === "kind");
  assert.deepEqual([...filters.counts(kind)], [1, 1]);
  filters.apply({ ...emptyState(), layers: ["response"] });
  assert.deepEqual([...filters.mask()], [0, 1]);
  filters.apply({ ...emptyState(), query: "ÁNN" });
  assert.deepEqual([...filters.mask()], [1, 0]);
  filters.apply({ ...emptyState(), kind: ["no such kind"] });
  assert.deepEqual([...filters.mask()], [0, 0]);
});

test("a figure is told with its qualifier", () => {
  const i18n = translator({ en: { "qualifier.at_least": "at least {figure}" } }, "en");
  const source = { text: "dozens" };
  assert.equal(figure({ min: 39, max: null, qualifier: "at_least", source }, i18n), "at least 39");
  assert.equal(figure({ min: null, max: null, qualifier: "vague", source }, i18n), "“dozens”");
  assert.equal(figure({ min: 3, max: 5, qualifier: "exact", source }, i18n), "3–5");
});

test("work that can wait is done in order, the latest of a name, in slices", () => {
  const done = [];
  const waits = [];
  let now = 0;
  const { later, flush } = createLater({ wait: (act) => waits.push(act), clock: () => now });
  later("a", () => done.push("a, old"));
  later("b", () => (done.push("b"), (now += 50)));
  later("a", () => done.push("a"));
  assert.deepEqual(done, []);
  assert.equal(waits.length, 1);
  waits.shift()();
  assert.deepEqual(done, ["b"]);
  waits.shift()();
  assert.deepEqual(done, ["b", "a"]);
  later("c", () => done.push("c"));
  flush();
  assert.deepEqual(done, ["b", "a", "c"]);
  createLater({ eager: true }).later("d", () => done.push("d"));
  assert.equal(done.at(-1), "d");
});

test("filters in use are counted, a range as one", () => {
  assert.equal(filtersInUse(emptyState()), 0);
  assert.equal(filtersInUse({ ...emptyState(), from: 0, to: 9, tollMin: 0, kind: ["air", "shelling"], query: "x", layers: ["strike"] }), 6);
});
