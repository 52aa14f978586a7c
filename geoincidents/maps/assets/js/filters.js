// Filters that combine: each sets its own bit on the incidents that it turns away.

import { LISTS } from "./state.js";
import { toll } from "./symbols.js";

/** What a reader may filter by; `values(i)` lists an incident's values as strings. */
export function facetsOf(store, style) {
  const { read, at, col, raw } = store;
  const rows = (starts, i, get) => {
    const list = [];
    for (let row = starts[i]; row < starts[i + 1]; row++) list.push(get(row));
    return list;
  };
  return [
    { name: "kind", group: "kind", values: (i) => [style.kinds[col.kind[i]].id] },
    { name: "response", group: "response", values: (i) => rows(at.resp, i, read.response.kind) },
    { name: "weapon", values: (i) => store.group(col.weapons[i]) },
    { name: "verification", group: "verification", values: (i) => [raw.verification[col.verification[i]]] },
    { name: "precision", group: "precision", values: (i) => precisions(store, i) },
    { name: "place", values: (i) => placesOf(store, i), tree: true },
    { name: "actor", values: (i) => rows(at.actor, i, (row) => read.actor.name(row)) },
    { name: "source", values: (i) => sourcesOf(store, i) },
  ];
}

function precisions(store, i) {
  const list = [];
  for (let row = store.at.loc[i]; row < store.at.loc[i + 1]; row++) {
    if (store.col.shown[row] && store.col.role[row] !== 1) {
      list.push(store.raw.precision[store.col.precision[row]]);
    }
  }
  return list;
}

/** Country, and "country / first-level unit": a path each. */
function placesOf(store, i) {
  const { place } = store.read;
  const list = [];
  for (let row = store.at.loc[i]; row < store.at.loc[i + 1]; row++) {
    if (store.col.role[row] === 1) continue;
    const country = place.country(row);
    if (!country) continue;
    list.push(country);
    if (place.admin1(row)) list.push(`${country} / ${place.admin1(row)}`);
  }
  return list;
}

function sourcesOf(store, i) {
  const { read, at } = store;
  const list = [];
  const add = (number) => {
    if (number >= 0) list.push(read.rep.publisher(number) || read.rep.id(number));
  };
  for (let row = at.claim[i]; row < at.claim[i + 1]; row++) add(read.claim.rep(row));
  for (let row = at.loc[i]; row < at.loc[i + 1]; row++) add(read.place.rep(row));
  for (let row = at.source[i]; row < at.source[i + 1]; row++) add(read.words.rep(row));
  return list;
}

/** Index a facet once: its values by count, and each incident's value numbers. */
export function indexFacet(facet, n) {
  const numbers = new Map();
  const starts = new Int32Array(n + 1);
  const flat = [];
  for (let i = 0; i < n; i++) {
    const seen = new Set();
    for (const value of facet.values(i)) {
      if (value === null || value === undefined || value === "") continue;
      let number = numbers.get(value);
      if (number === undefined) numbers.set(value, (number = numbers.size));
      if (!seen.has(number)) seen.add(number), flat.push(number);
    }
    starts[i + 1] = flat.length;
  }
  return { ...facet, labels: [...numbers.keys()], numbers, starts, flat: Int32Array.from(flat) };
}

/** Whether any incident has a value of a facet. */
function occurs(facet, n) {
  for (let i = 0; i < n; i++) if (facet.values(i).some(Boolean)) return true;
  return false;
}

/** A facet whose index is made when it is first asked for: most stay closed. */
function lazy(facet, n) {
  let made = null;
  const index = () => (made = made || indexFacet(facet, n));
  return {
    ...facet, get labels() { return index().labels; }, get numbers() { return index().numbers; },
    get starts() { return index().starts; }, get flat() { return index().flat; },
  };
}

export const fold = (text) => text.toLocaleLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

/** Text that free search looks in, folded: place names, words, weapons, actors, titles. */
export function searchText(store, i) {
  const item = store.incident(i);
  const parts = [item.id, item.type, item.subType, ...item.weapons];
  for (const p of item.places) parts.push(p.name, p.admin1, p.country);
  for (const list of [item.claims, item.responses, item.actors]) {
    for (const entry of list) parts.push(entry.source.text, entry.claimant, entry.actor, entry.name);
  }
  for (const source of [...item.sources, ...item.quotes]) {
    const report = store.report(source.report);
    parts.push(source.text, report?.title, report?.publisher);
  }
  return fold(parts.filter(Boolean).join("\n"));
}

/** All filters over a store. */
export function createFilters(store, style) {
  const { n, col } = store;
  const facets = facetsOf(store, style).filter((facet) => occurs(facet, n)).map((facet) => lazy(facet, n));
  const bits = Object.fromEntries([...LISTS, "time", "toll", "query"].map((name, k) => [name, 1 << k]));
  const fails = new Int32Array(n);
  const layer = new Uint8Array(n);
  let texts = null;
  let used = 0;

  function set(name, rejects) {
    const bit = bits[name];
    if (!rejects && !(used & bit)) return;
    used = rejects ? used | bit : used & ~bit;
    for (let i = 0; i < n; i++) {
      if (rejects && rejects(i)) fails[i] |= bit;
      else fails[i] &= ~bit;
    }
  }

  function choose(name, values) {
    const facet = facets.find((f) => f.name === name);
    if (!facet || !values.length) return set(name, null);
    const chosen = new Set(values.map((v) => facet.numbers.get(v)).filter((v) => v !== undefined));
    const { starts, flat } = facet;
    return set(name, (i) => {
      for (let k = starts[i]; k < starts[i + 1]; k++) if (chosen.has(flat[k])) return false;
      return true;
    });
  }

  function tolls(min, max) {
    set("toll", (min !== null || max !== null) && ((i) => {
      const best = toll(store.estimates(i));
      return best === null || (min !== null && best < min) || (max !== null && best > max);
    }));
  }

  function query(text) {
    const words = fold(text).split(/\s+/).filter(Boolean);
    if (!words.length) return set("query", null);
    texts = texts || Array.from({ length: n }, (_, i) => searchText(store, i));
    return set("query", (i) => !words.every((word) => texts[i].includes(word)));
  }

  function time(from, to) {
    set("time", (from !== null || to !== null) && ((i) =>
      Number.isFinite(col.t0[i])
      && ((from !== null && col.t0[i] + col.dt[i] < from) || (to !== null && col.t0[i] > to))));
  }

  function apply(state) {
    for (const name of LISTS) choose(name, state[name]);
    time(state.from, state.to);
    tolls(state.tollMin, state.tollMax);
    query(state.query);
    for (let i = 0; i < n; i++) layer[i] = state.layers.includes(style.kinds[col.kind[i]].layer) ? 1 : 0;
  }

  /** 1 for each incident that passes all filters but those named. */
  function mask(...except) {
    const skip = except.reduce((sum, name) => sum | (bits[name] || 0), 0);
    const all = except.includes("layers");
    const out = new Uint8Array(n);
    for (let i = 0; i < n; i++) out[i] = (fails[i] & ~skip) === 0 && (all || layer[i]) ? 1 : 0;
    return out;
  }

  /** How many incidents each value of a facet would leave, all else as it is. */
  function counts(facet) {
    const passing = mask(facet.name);
    const { labels, starts, flat } = facet;
    const sums = new Int32Array(labels.length);
    for (let i = 0; i < n; i++) {
      if (passing[i]) for (let k = starts[i]; k < starts[i + 1]; k++) sums[flat[k]]++;
    }
    return sums;
  }

  return { facets, apply, time, mask, counts };
}
