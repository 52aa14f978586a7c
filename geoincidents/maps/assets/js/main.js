// Reads the page's data and starts it; the only module that touches globals.

import { start } from "./app.js";

const raw = JSON.parse(document.getElementById("gi-data").textContent);
const { L, Supercluster } = window;
window.geoincidents = start(raw, { L, Supercluster });
