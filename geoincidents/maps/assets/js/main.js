// Reads the page's data and starts it; the only module that touches globals.

import { start } from "./app.js";

const read = (id) => JSON.parse(document.getElementById(id).textContent);
const raw = { ...read("gi-page"), data: read("gi-data") };
const { L, Supercluster } = window;
window.geoincidents = start(raw, { L, Supercluster });
