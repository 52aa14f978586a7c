// One line that names an incident, and the tip that shows it.

import { placeName } from "./data.js";

/** Gives `title(i)`: place, time, kind and people killed. */
export function titler(store, style, words) {
  return (i) => {
    const item = store.incident(i);
    const { t, when, number } = words();
    const best = item.estimates.killed?.best;
    const killed = best === undefined ? "" : `, ${t("measure.killed").toLocaleLowerCase()}: ${number(best)}`;
    const time = when(item.start, item.end, item.timePrecision, item.offset);
    return `${placeName(item) || t("place.unknown")}, ${time} — ${t(`kind.${style.kinds[item.kind].id}`)}${killed}`;
  };
}

/** Gives `show(text, node)`: a tip near a node inside `frame`; empty text hides it. */
export function tooltip(tip, frame) {
  return (text, node) => {
    tip.hidden = !text;
    if (!text) return;
    tip.textContent = text;
    const box = node.getBoundingClientRect();
    const outer = frame.getBoundingClientRect();
    const middle = box.left - outer.left + box.width / 2 - tip.offsetWidth / 2;
    const above = box.top - outer.top - tip.offsetHeight - 6;
    tip.style.left = `${Math.max(8, Math.min(outer.width - tip.offsetWidth - 8, middle))}px`;
    tip.style.top = `${above > 4 ? above : box.bottom - outer.top + 6}px`;
  };
}
