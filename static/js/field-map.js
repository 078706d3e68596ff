// Draws the parcels of a village beside their table; the table stays what is read, the map points into it.
"use strict";

(() => {
  const box = document.getElementById("field-map");
  if (!box || !window.L) return;

  const row = (number) => document.getElementById(`plot-${number}`);
  const layers = new Map();

  const choose = (number, { scroll = false, zoom = false } = {}) => {
    for (const one of document.querySelectorAll("tr.is-chosen")) one.classList.remove("is-chosen");
    for (const layer of layers.values()) layer.setStyle({ weight: 1, color: "#37474f" });
    const line = row(number);
    const layer = layers.get(number);
    if (line) line.classList.add("is-chosen");
    if (line && scroll) line.scrollIntoView({ block: "nearest" });
    if (!layer) return;
    layer.setStyle({ weight: 4, color: "#0b3d91" }); // not brought to front: a moved element loses the focus
    if (zoom) map.fitBounds(layer.getBounds(), { maxZoom: 18, padding: [60, 60] });
  };

  const give = (layer, { number, label }) => {
    const path = layer.getElement();
    path.setAttribute("tabindex", "0");
    path.setAttribute("role", "button");
    path.setAttribute("aria-label", label);
    path.addEventListener("focus", () => choose(number, { scroll: true }));
    path.addEventListener("keydown", (event) => {
      if (event.key === "Enter") row(number)?.querySelector("a")?.focus();
    });
  };

  box.hidden = false;
  const map = L.map(box, {
    attributionControl: false,
    renderer: L.svg({ padding: 1 }),
    zoomSnap: 0.25,
    minZoom: 8,
    maxZoom: 21,
    zoomControl: false,
  });
  L.control.zoom({ zoomInTitle: box.dataset.nearer, zoomOutTitle: box.dataset.farther }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);

  fetch(box.dataset.source, { credentials: "same-origin" })
    .then((answer) => (answer.ok ? answer.json() : Promise.reject(answer.status)))
    .then((shapes) => {
      const drawn = L.geoJSON(shapes, {
        style: ({ properties }) => ({ weight: 1, color: "#37474f", fillColor: `url(#look-${properties.state})`, fillOpacity: 1 }),
        onEachFeature: ({ properties }, layer) => {
          layers.set(properties.number, layer);
          layer.on("click", () => choose(properties.number, { scroll: true }));
          layer.bindTooltip(properties.label, { sticky: true });
        },
      });
      map.fitBounds(drawn.getBounds(), { padding: [12, 12] });
      drawn.addTo(map);
      for (const { properties } of shapes.features) give(layers.get(properties.number), properties);
      if ("numbered" in box.dataset) {
        for (const [number, layer] of layers) {
          const icon = L.divIcon({ className: "plot-number", html: String(number), iconSize: [28, 14] });
          L.marker(layer.getBounds().getCenter(), { icon, interactive: false, keyboard: false }).addTo(map);
        }
      }
      for (const line of document.querySelectorAll("tr[data-plot]")) {
        line.addEventListener("click", (event) => {
          if (!event.target.closest("a")) choose(Number(line.dataset.plot), { zoom: true });
        });
      }
    })
    .catch(() => {
      box.textContent = box.dataset.failed;
    });
})();
