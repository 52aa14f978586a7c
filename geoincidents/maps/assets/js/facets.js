// The filter panel: boxes with counts, the range of tolls, reset.

import { el, refill } from "./dom.js";
import { symbol } from "./symbols.js";

const MANY = 8;

/** Build the panel in `root`; `change(patch)` is told each choice. */
export function createFilterPanel(root, { filters, style, i18n, change }) {
  const { t } = i18n;
  const parts = filters.facets.map((facet) => section(facet));
  const layers = layerSwitches();
  const tolls = tollRange();
  refill(root, layers.node, ...parts.map((p) => p.node), tolls.node);

  function layerSwitches() {
    const boxes = {};
    const node = el("div", { class: "gi-layers", role: "group", "aria-label": t("filter.layers") });
    for (const layer of ["strike", "response"]) {
      const box = el("input", { type: "checkbox", data: { layer } });
      const count = el("span", { class: "gi-n" });
      box.addEventListener("change", () => {
        change({ layers: ["strike", "response"].filter((name) => boxes[name].box.checked) });
      });
      const sample = style.kinds.find((k) => k.layer === layer);
      boxes[layer] = { box, count };
      node.append(el("label", { class: "gi-layer" }, box,
        symbol(style, { kind: layer === "strike" ? style.kinds.find((k) => k.id === "shelling") || sample : sample, size: 15, fill: "solid", outline: "solid" }),
        el("span", { text: t(`layer.${layer}`) }), count));
    }
    boxes.strike.box.checked = boxes.response.box.checked = true;
    return { node, boxes };
  }

  const wording = (facet, value) =>
    facet.group ? i18n.term(facet.group, value) : facet.tree && value.includes(" / ") ? value.split(" / ")[1] : value;

  function section(facet) {
    const list = el("div", { class: "gi-options" });
    const chosen = el("span", { class: "gi-chosen" });
    const node = el("details", { class: "gi-facet", data: { facet: facet.name } },
      el("summary", {}, el("span", { text: t(`filter.${facet.name}`) }), chosen), list);
    node.open = ["kind"].includes(facet.name);
    let more = false;
    let last = null;

    function update(state) {
      last = state;
      const picked = new Set(state[facet.name]);
      chosen.textContent = picked.size ? String(picked.size) : "";
      if (!node.open) return;
      const counts = filters.counts(facet);
      const order = facet.labels.map((label, k) => ({ label, n: counts[k] }));
      order.sort(facet.tree ? (a, b) => a.label.localeCompare(b.label) : (a, b) => b.n - a.n || a.label.localeCompare(b.label));
      const shown = more ? order.slice(0, 300) : order.filter((o, k) => k < MANY || picked.has(o.label));
      const hadFocus = list.contains(document.activeElement) ? document.activeElement.value : null;
      refill(list, shown.map((o) => option(facet, o, picked)), order.length > MANY ? moreButton(order.length) : null);
      if (hadFocus !== null) [...list.querySelectorAll("input")].find((box) => box.value === hadFocus)?.focus();
    }

    function option(f, { label, n }, picked) {
      const box = el("input", { type: "checkbox", value: label });
      box.checked = picked.has(label);
      box.addEventListener("change", () => {
        const next = new Set(last[f.name]);
        if (box.checked) next.add(label);
        else next.delete(label);
        change({ [f.name]: [...next] });
      });
      const kind = f.name === "kind" ? style.kinds.find((k) => k.id === label) : null;
      return el("label", { class: f.tree && label.includes(" / ") ? "gi-option gi-sub" : "gi-option" }, box,
        kind ? symbol(style, { kind, size: 13, fill: "solid", outline: "solid" }) : null,
        el("bdi", { class: "gi-option-text", text: wording(f, label) }),
        el("span", { class: "gi-n", text: i18n.number(n) }));
    }

    function moreButton(total) {
      return el("button", {
        type: "button", class: "gi-plain", text: more ? t("filter.fewer") : t("filter.more", { n: total - MANY }),
        onclick: () => ((more = !more), update(last)),
      });
    }
    node.addEventListener("toggle", () => last && update(last));
    return { node, update };
  }

  function tollRange() {
    const input = (name) => {
      const box = el("input", { type: "number", min: 0, step: 1, inputmode: "numeric", "aria-label": t(`filter.${name}`), placeholder: name === "tollMin" ? "0" : "∞" });
      box.addEventListener("change", () => {
        change({ [name]: box.value === "" || !(Number(box.value) >= 0) ? null : Number(box.value) });
      });
      return box;
    };
    const [low, high] = [input("tollMin"), input("tollMax")];
    const node = el("fieldset", { class: "gi-tolls" }, el("legend", { text: t("filter.toll") }),
      low, el("span", { text: "–", "aria-hidden": "true" }), high);
    return {
      node,
      update(state) {
        low.value = state.tollMin ?? "";
        high.value = state.tollMax ?? "";
      },
    };
  }

  return {
    update(state, layerCounts) {
      for (const layer of ["strike", "response"]) {
        layers.boxes[layer].box.checked = state.layers.includes(layer);
        layers.boxes[layer].count.textContent = i18n.number(layerCounts[layer]);
      }
      for (const part of parts) part.update(state);
      tolls.update(state);
    },
  };
}
