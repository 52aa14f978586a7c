// Colours of the canvas, for a light and a dark page.

const LIGHT = {
  sea: "#dbe6ec", land: "#f5f3ee", coast: "#9fb0ba", admin1: "#d3cdc0", border: "#9b9385", graticule: "#cbd9e1",
  halo: "rgba(250,249,246,0.92)", seaHalo: "rgba(219,230,236,0.9)", dot: "#5c6066", country: "#777066", capital: "#25282d",
  city: "#34383e", town: "#565b63", unit: "#a09684", path: "#4a4f57", paper: "#ffffff", ink: "#1b1e23",
};
const DARK = {
  sea: "#0e1419", land: "#20252b", coast: "#4a5964", admin1: "#363d45", border: "#6a747e", graticule: "#18212a",
  halo: "rgba(26,30,36,0.92)", seaHalo: "rgba(14,20,25,0.9)", dot: "#a7aeb7", country: "#8c949e", capital: "#eef0f3",
  city: "#d4d8dd", town: "#a9b0b9", unit: "#6f7883", path: "#b9c0c9", paper: "#171b20", ink: "#eceef1",
};

/** The canvas's colours. */
export function palette(isDark) {
  return isDark ? { ...DARK, sealabel: "#5f7789" } : { ...LIGHT, sealabel: "#6d8ba0" };
}
