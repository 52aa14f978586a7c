// The page's state in the URL hash. A hash may come from anyone: every value is checked.

const TEXT_LIMIT = 200;
const LIST_LIMIT = 200;
const clean = (text) => [...text].slice(0, TEXT_LIMIT).join("");

const finite = (text, least, most) => {
  const value = Number(text);
  return text !== "" && text !== null && Number.isFinite(value) && value >= least && value <= most ? value : null;
};

/** Facets whose chosen values stand in the hash as lists. */
export const LISTS = ["kind", "response", "weapon", "actor", "place", "source", "verification", "precision"];

export function emptyState() {
  return {
    view: null, selected: null, from: null, to: null, query: "", layers: ["strike", "response"],
    tollMin: null, tollMax: null, lang: null, theme: null, table: null,
    ...Object.fromEntries(LISTS.map((name) => [name, []])),
  };
}

/** How many filters a state sets. */
export function filtersInUse(state) {
  const single = [state.from ?? state.to, state.tollMin ?? state.tollMax, state.query || null];
  return LISTS.reduce((sum, name) => sum + state[name].length, 0)
    + single.filter((value) => value !== null).length + (2 - state.layers.length);
}

/** Hash text → state; what does not parse is left at its default. */
export function parseHash(hash) {
  const state = emptyState();
  let params;
  try {
    params = new URLSearchParams(String(hash).replace(/^#/, "").slice(0, 8000));
  } catch {
    return state;
  }
  const view = (params.get("map") || "").split("/");
  if (view.length === 3) {
    const [zoom, lat, lon] = [finite(view[0], 0, 22), finite(view[1], -90, 90), finite(view[2], -540, 540)];
    if (zoom !== null && lat !== null && lon !== null) state.view = { zoom, lat, lon };
  }
  if (params.get("id")) state.selected = clean(params.get("id"));
  state.from = finite(params.get("from"), -1e9, 1e9);
  state.to = finite(params.get("to"), -1e9, 1e9);
  state.tollMin = finite(params.get("min"), 0, 1e9);
  state.tollMax = finite(params.get("max"), 0, 1e9);
  state.query = clean(params.get("q") || "");
  if (params.has("layers")) {
    state.layers = params.get("layers").split(",").filter((l) => l === "strike" || l === "response");
  }
  for (const name of LISTS) {
    state[name] = params.getAll(name).slice(0, LIST_LIMIT).map(clean).filter(Boolean);
  }
  if (["en", "uk", "ru"].includes(params.get("lang"))) state.lang = params.get("lang");
  if (["light", "dark"].includes(params.get("theme"))) state.theme = params.get("theme");
  if (["0", "1"].includes(params.get("table"))) state.table = params.get("table") === "1";
  return state;
}

/** State → hash text without the leading #. */
export function formatHash(state) {
  const params = new URLSearchParams();
  if (state.view) {
    const { zoom, lat, lon } = state.view;
    params.set("map", `${+zoom.toFixed(2)}/${lat.toFixed(4)}/${lon.toFixed(4)}`);
  }
  const single = { id: state.selected, from: state.from, to: state.to, min: state.tollMin, max: state.tollMax };
  for (const [name, value] of Object.entries(single)) if (value !== null) params.set(name, value);
  if (state.query) params.set("q", state.query);
  if (state.layers.length < 2) params.set("layers", state.layers.join(","));
  for (const name of LISTS) for (const value of state[name]) params.append(name, value);
  for (const name of ["lang", "theme"]) if (state[name]) params.set(name, state[name]);
  if (state.table !== null) params.set("table", state.table ? "1" : "0");
  return params.toString().replaceAll("%2F", "/").replaceAll("%2C", ",");
}
