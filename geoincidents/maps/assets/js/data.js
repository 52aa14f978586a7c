// Columns as the page carries them → a store that answers by incident number.

/** A column of numbers as a typed array; a single value fills it; null becomes `none`. */
export function numbers(column, n, Type = Int32Array, none = -1) {
  const array = new Type(n);
  if (Array.isArray(column)) for (let i = 0; i < n; i++) array[i] = column[i] ?? none;
  else array.fill(column ?? none);
  return array;
}

/** A column of any values as a function of the row. */
export function reader(column) {
  return Array.isArray(column) ? (row) => column[row] : () => column;
}

/** Row numbers at which each incident's children begin; one more than incidents. */
export function starts(column, n) {
  const at = new Int32Array(n + 1);
  const count = reader(column);
  for (let i = 0; i < n; i++) at[i + 1] = at[i] + (count(i) ?? 0);
  return at;
}

function table(raw, strings, texts) {
  const read = {};
  for (const name of Object.keys(raw)) {
    if (name === "n") continue;
    const value = reader(raw[name]);
    read[name] = texts.includes(name) ? (row) => strings[value(row) ?? 0] ?? null : value;
  }
  return read;
}

function range(at, i, make) {
  const list = [];
  for (let row = at[i]; row < at[i + 1]; row++) list.push(make(row));
  return list;
}

function columnsOf(raw) {
  const { incident: inc, place } = raw;
  const n = inc.n;
  return {
    kind: numbers(inc.kind, n, Uint8Array, 0),
    t0: numbers(inc.t0, n, Float64Array, NaN),
    dt: numbers(inc.dt, n, Int32Array, 0),
    verification: numbers(inc.ver, n, Uint8Array, 3),
    estimates: numbers(inc.est, n, Int32Array, 0),
    weapons: numbers(inc.weapons, n, Int32Array, 0),
    x: numbers(place.x, place.n, Int32Array, 0),
    y: numbers(place.y, place.n, Int32Array, 0),
    role: numbers(place.role, place.n, Uint8Array, 0),
    shown: numbers(place.shown, place.n, Uint8Array, 1),
    precision: numbers(place.prec, place.n, Uint8Array, 0),
    area: numbers(place.area, place.n, Int32Array, -1),
    uncertainty: numbers(place.unc, place.n, Int32Array, 0),
  };
}

/** Put the column meant in the place of each that only names it. */
function unshare(raw) {
  for (const [name, column] of Object.entries(raw.claim)) {
    if (column?.as) raw.claim[name] = raw[column.as[0]][column.as[1]];
  }
}

/** Build the store. */
export function readData(raw) {
  const { strings, groups } = raw;
  unshare(raw);
  const n = raw.incident.n;
  const at = {};
  for (const name of ["loc", "claim", "resp", "actor", "quote", "source"]) {
    at[name] = starts(raw.incident[name], n);
  }
  const source = ["text"];
  const inc = table(raw.incident, strings, ["type", "sub", "tt"]);
  const place = table(raw.place, strings, ["name", "admin1", "country", "cc", "rel", "text"]);
  const claim = table(raw.claim, strings, ["m", "who", "subj", "asof", "scope", "text"]);
  const response = table(raw.response, strings, ["actor", "name", "tt", "text"]);
  const actor = table(raw.actor, strings, ["name", "by", "text"]);
  const quote = table(raw.quote, strings, source);
  const words = table(raw.source, strings, source);
  const rep = table(raw.report, strings, ["title", "publisher", "url", "published", "lang"]);
  const col = columnsOf(raw);
  const grid = raw.grid;

  const report = (number) => (number < 0 || number >= raw.report.n ? null : {
    number, id: rep.id(number), title: rep.title(number), publisher: rep.publisher(number),
    url: rep.url(number), published: rep.published(number), graphic: Boolean(rep.graphic(number)),
  });
  const from = (read, row) => ({
    report: read.rep(row), start: read.a(row), end: read.b(row), text: read.text(row),
  });
  const group = (number) => groups[number] || [];
  const placeOf = (row) => ({
    row, role: raw.roles[col.role[row]], shown: Boolean(col.shown[row]), name: place.name(row),
    lon: col.x[row] / grid, lat: col.y[row] / grid, precision: raw.precision[col.precision[row]],
    uncertainty: col.uncertainty[row], confidence: place.conf(row) / 100, area: col.area[row],
    admin1: place.admin1(row), country: place.country(row), countryCode: place.cc(row),
    relation: place.rel(row), evidence: group(place.ev(row)), source: from(place, row),
  });
  const claimOf = (row) => ({
    measure: claim.m(row), min: claim.min(row), max: claim.max(row),
    qualifier: raw.qualifiers[claim.q(row)], claimant: claim.who(row), subject: claim.subj(row),
    asOf: claim.asof(row), scope: claim.scope(row), recap: Boolean(claim.fl(row) & 1),
    part: Boolean(claim.fl(row) & 2), source: from(claim, row),
  });
  const responseOf = (row) => ({
    kind: response.kind(row), style: response.style(row), actor: response.actor(row),
    quantity: response.qty(row), place: response.name(row), time: response.tt(row),
    lon: response.x(row) === null ? null : response.x(row) / grid,
    lat: response.y(row) === null ? null : response.y(row) / grid,
    precision: raw.precision[response.prec(row)] ?? null, source: from(response, row),
  });
  const estimates = (i) => Object.fromEntries(
    group(col.estimates[i]).map(([measure, low, best, high]) => [measure, { low, best, high }]));

  const cache = new Map();
  function incident(i) {
    if (cache.has(i)) return cache.get(i);
    const item = {
      i, id: inc.id(i), kind: col.kind[i], type: inc.type(i), subType: inc.sub(i),
      start: col.t0[i], end: col.t0[i] + col.dt[i], offset: inc.tz(i), timeText: inc.tt(i),
      timePrecision: raw.timePrecision[inc.tp(i)] ?? null,
      verification: raw.verification[col.verification[i]], confidence: inc.conf(i) / 100,
      estimates: estimates(i), weapons: group(col.weapons[i]), damage: group(inc.damage(i)),
      flags: group(inc.flags(i)), merged: group(inc.merged(i)), extra: group(inc.extra(i)),
      places: range(at.loc, i, placeOf), claims: range(at.claim, i, claimOf),
      responses: range(at.resp, i, responseOf),
      actors: range(at.actor, i, (row) => ({
        role: actor.role(row), name: actor.name(row), by: actor.by(row), source: from(actor, row),
      })),
      quotes: range(at.quote, i, (row) => from(quote, row)),
      sources: range(at.source, i, (row) => from(words, row)),
    };
    if (cache.size > 400) cache.clear();
    cache.set(i, item);
    return item;
  }

  let byId = null;
  function find(id) {
    if (!byId) {
      byId = new Map();
      for (let i = 0; i < n; i++) byId.set(inc.id(i), i);
    }
    return byId.get(id) ?? -1;
  }

  return {
    n, raw, col, at, grid, inc, read: { place, claim, response, actor, quote, words, rep },
    reports: raw.report.n, report, incident, estimates, find, group,
  };
}

/** Numbers of all reports an incident rests on, in order of publication. */
export function reportsOf(store, item) {
  const seen = new Set();
  for (const list of [item.sources, item.quotes]) for (const s of list) seen.add(s.report);
  for (const list of [item.claims, item.places, item.responses, item.actors]) {
    for (const entry of list) seen.add(entry.source.report);
  }
  seen.delete(-1);
  return [...seen].map(store.report).filter(Boolean)
    .sort((a, b) => String(a.published || "").localeCompare(String(b.published || "")));
}

/** The place an incident is named by: its most precise target, else any place. */
export function mainPlace(item) {
  const by = (role) => item.places.find((p) => p.role === role && p.shown);
  return by("target") || by("intercept") || by("response") || item.places[0] || null;
}

/** Places drawn in the main place's role, and the coarser one that names them all, if any. */
export function placesTold(item) {
  const main = mainPlace(item);
  if (!main) return { main: null, whole: null, all: [] };
  const all = item.places.filter((p) => p.role === main.role && p.shown);
  const whole = all.length > 1 ? item.places.find((p) => p.role === main.role && !p.shown && p.precision !== main.precision) : null;
  return { main, whole: whole || null, all };
}

/** The name of where an incident was: "Ukraine", "Bryansk Oblast +3". */
export function placeName(item) {
  const { main, whole, all } = placesTold(item);
  if (!main) return null;
  if (whole) return whole.name;
  return all.length > 1 ? `${main.name} +${all.length - 1}` : main.name;
}
