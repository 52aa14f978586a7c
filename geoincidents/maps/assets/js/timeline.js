// The time strip: a histogram, a range with two handles, playback, "last N days".

import { el, refill, svg } from "./dom.js";

const DAY = 1440;
const MAX_BINS = 160;
// Pixels that a day's name takes under the strip.
const TICK = 112;

/** The commonest offset from UTC, in minutes: the strip's own local time. */
export function commonOffset(offsetOf, n) {
  const sums = new Map();
  for (let i = 0; i < n; i++) sums.set(offsetOf(i), (sums.get(offsetOf(i)) || 0) + 1);
  return [...sums].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

/** First and last minute, and bins no finer than an hour, of the dated incidents. */
export function binning(t0, dt, offset = 0) {
  let first = Infinity;
  let last = -Infinity;
  for (let i = 0; i < t0.length; i++) {
    if (!Number.isFinite(t0[i])) continue;
    if (t0[i] < first) first = t0[i];
    if (t0[i] + dt[i] > last) last = t0[i] + dt[i];
  }
  if (first === Infinity) return null;
  const steps = [60, 180, 360, 720, DAY, 2 * DAY, 7 * DAY, 14 * DAY, 30 * DAY, 91 * DAY, 365 * DAY];
  const whole = Math.max(last - first, 1);
  const finest = whole <= 3 * DAY ? 60 : whole <= 10 * DAY ? 360 : DAY;
  const step = steps.find((s) => s >= finest && whole / s <= MAX_BINS) || Math.ceil(whole / MAX_BINS);
  const start = Math.floor((first + offset) / step) * step - offset;
  return { start, step, count: Math.max(1, Math.floor((last - start) / step) + 1) };
}

/** How many incidents fall in each bin; one that spans several is shared among them. */
export function histogram(bins, t0, dt, mask) {
  const sums = new Float64Array(bins.count);
  for (let i = 0; i < t0.length; i++) {
    if (!mask[i] || !Number.isFinite(t0[i])) continue;
    const a = Math.floor((t0[i] - bins.start) / bins.step);
    const b = Math.min(bins.count - 1, Math.floor((t0[i] + dt[i] - bins.start) / bins.step));
    const share = 1 / (b - a + 1);
    for (let k = a; k <= b; k++) sums[k] += share;
  }
  return sums;
}

/** Build the strip in `root`; `change(from, to)` is told minutes, or nulls for all. */
export function createTimeline(root, { store, i18n, change }) {
  const { t } = i18n;
  const { t0, dt } = store.col;
  const offset = commonOffset(store.inc.tz || (() => 0), store.n);
  const bins = binning(t0, dt, offset);
  const day = (minutes) => i18n.day(minutes, offset);
  const dayTime = (minutes) => i18n.dayTime(minutes, offset);
  if (!bins) {
    refill(root, el("p", { class: "gi-hint", text: t("time.none") }));
    return { update() {}, step() {}, toggle() {} };
  }
  const undated = t0.reduce((sum, value) => sum + (Number.isFinite(value) ? 0 : 1), 0);
  const bars = svg("svg", { class: "gi-bars", preserveAspectRatio: "none", viewBox: `0 0 ${bins.count} 100`, "aria-hidden": "true" });
  const handle = (label) => el("input", { type: "range", min: 0, max: bins.count, step: 1, class: "gi-range", "aria-label": label });
  const from = handle(t("time.from"));
  const to = handle(t("time.to"));
  const track = el("div", { class: "gi-track" }, bars, el("div", { class: "gi-window", "aria-hidden": "true" }), from, to);
  const ticks = el("div", { class: "gi-ticks", "aria-hidden": "true" });
  const words = el("output", { class: "gi-range-text" });
  const peak = el("small", { class: "gi-peak gi-dim" });
  let speed = 1;
  let timer = 0;
  let range = [0, bins.count];

  const button = (name, label, press, text) =>
    el("button", { type: "button", class: `gi-tool gi-${name}`, "aria-label": label, title: label, onclick: press, text });
  const play = button("play", t("time.play"), toggle, "▶");
  const rate = button("rate", `${t("time.speed")} ×1`, () => {
    speed = speed >= 4 ? 0.5 : speed * 2;
    rate.textContent = `×${speed}`;
    rate.setAttribute("aria-label", `${t("time.speed")} ×${speed}`);
    if (timer) stop(), toggle();
  }, "×1");
  const lastDays = [1, 7, 30].filter((n) => n * DAY < bins.count * bins.step).map((n) =>
    el("button", { type: "button", class: "gi-tool", text: t("time.last", { n }), onclick: () => latest(n) }));
  const all = el("button", { type: "button", class: "gi-tool", text: t("time.all"), onclick: () => tell(0, bins.count) });
  refill(root,
    el("div", { class: "gi-time-tools" },
      el("div", { class: "gi-transport", role: "group", "aria-label": t("time.playback") },
        button("back", t("time.back"), () => step(-1), "◂"), play, button("next", t("time.next"), () => step(1), "▸"), rate),
      words, peak,
      el("div", { class: "gi-last", role: "group", "aria-label": t("time.period") }, lastDays, all)),
    el("div", { class: "gi-track-wrap" }, track, ticks),
    undated ? el("p", { class: "gi-undated", text: t("time.undated", { n: undated }) }) : null);
  drawTicks();

  const moment = (bin) => bins.start + bin * bins.step;
  const isAll = () => range[0] === 0 && range[1] === bins.count;

  function tell(a, b) {
    range = [Math.max(0, Math.min(a, bins.count - 1)), Math.min(bins.count, Math.max(b, a + 1))];
    if (isAll()) change(null, null);
    else change(moment(range[0]), moment(range[1]) - 1);
  }

  function latest(days) {
    let last = -Infinity;
    for (let i = 0; i < t0.length; i++) if (t0[i] + dt[i] > last) last = t0[i] + dt[i];
    tell(Math.floor((last - days * DAY - bins.start) / bins.step) + 1, bins.count);
  }

  function step(by) {
    const width = isAll() ? 1 : range[1] - range[0];
    const start = isAll() ? (by > 0 ? 0 : bins.count - 1) : range[0] + by;
    if (start < 0 || start + width > bins.count) return stop();
    return tell(start, start + width);
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    play.textContent = "▶";
    play.setAttribute("aria-label", t("time.play"));
  }

  function toggle() {
    if (timer) return stop();
    play.textContent = "❚❚";
    play.setAttribute("aria-label", t("time.pause"));
    if (isAll() || range[1] >= bins.count) tell(0, 1);
    timer = setInterval(() => {
      if (range[1] >= bins.count) stop();
      else tell(range[0], range[1] + 1);
    }, 900 / speed);
    return undefined;
  }

  from.addEventListener("input", () => tell(Math.min(+from.value, +to.value - 1), +to.value));
  to.addEventListener("input", () => tell(+from.value, Math.max(+to.value, +from.value + 1)));

  function drawTicks() {
    const wide = bins.count * bins.step;
    const days = Math.ceil(wide / DAY);
    const room = Math.max(2, Math.min(6, Math.floor((root.clientWidth || 1000) / TICK)));
    const every = Math.max(1, Math.ceil(days / room));
    const first = Math.ceil((bins.start + offset) / DAY) * DAY - offset;
    for (let at = first; at <= bins.start + wide; at += every * DAY) {
      const share = (at - bins.start) / wide;
      if (share > 1 - TICK / (root.clientWidth || 1000)) break;
      const tick = el("span", { text: day(at) });
      tick.style.insetInlineStart = `${100 * share}%`;
      ticks.append(tick);
    }
  }

  function drawBars(sums, all_) {
    const most = Math.max(...all_, 1e-9);
    const bar = (value, k, cls) => svg("rect", {
      x: k + 0.08, width: 0.84, y: 100 - (92 * Math.sqrt(value / most) + 4), height: 92 * Math.sqrt(value / most) + 4, class: cls,
    });
    refill(bars,
      [...all_].map((v, k) => (v > 0 ? bar(v, k, "gi-bar-all") : null)),
      [...sums].map((v, k) => (v > 0 ? bar(v, k, k >= range[0] && k < range[1] ? "gi-bar-in" : "gi-bar-out") : null)));
  }

  const every = histogram(bins, t0, dt, new Uint8Array(store.n).fill(1));
  // Bars grow with a square root, so the highest tells its number.
  peak.textContent = t("time.peak", { n: Math.max(1, Math.round(Math.max(...every))) });

  /** Show a state's range over the histogram of a mask. */
  function update(state, mask) {
    const bin = (minutes, fallback, round) => (minutes === null ? fallback : Math.max(0, Math.min(bins.count, round((minutes - bins.start) / bins.step))));
    range = [bin(state.from, 0, Math.floor), bin(state.to === null ? null : state.to + 1, bins.count, Math.ceil)];
    if (range[1] <= range[0]) range[1] = Math.min(bins.count, range[0] + 1);
    from.value = range[0];
    to.value = range[1];
    from.setAttribute("aria-valuetext", day(moment(range[0])));
    to.setAttribute("aria-valuetext", day(moment(range[1]) - 1));
    track.style.setProperty("--from", range[0] / bins.count);
    track.style.setProperty("--to", range[1] / bins.count);
    const spread = bins.step < DAY ? dayTime : day;
    words.textContent = isAll() ? t("time.whole", { from: day(bins.start), to: day(moment(bins.count) - 1) })
      : `${spread(moment(range[0]))} – ${spread(moment(range[1]) - 1)}`;
    drawBars(histogram(bins, t0, dt, mask), every);
  }
  return { update, step, toggle };
}
