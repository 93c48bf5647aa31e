// SPDX-License-Identifier: Apache-2.0
// Draws the plots of a page from the JSON in it. All texts are set as text, never as markup.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const ink = dark ? "#ececec" : "#1b1b1b";
  const grid = { stroke: dark ? "#3a4046" : "#dde1e5", width: 1 };
  // Okabe and Ito's blue and orange, told apart by the colour-blind; the second is dashed besides.
  const before = dark ? "#56b4e9" : "#0072b2";
  const after = dark ? "#e69f00" : "#b34700";
  // Five of viridis, between which colours are mixed.
  const viridis = [[68, 1, 84], [59, 82, 139], [33, 145, 140], [94, 201, 98], [253, 231, 37]];
  const sums = new Set(["objects", "pixels", "bytes_read", "bytes_written", "seconds"]);

  const make = (name, attributes = {}, ...children) => {
    const node = document.createElement(name);
    Object.entries(attributes).forEach(([key, value]) => node.setAttribute(key, value));
    node.append(...children);
    return node;
  };
  const shown = (value) =>
    Number.isInteger(value) && Math.abs(value) < 1e7 ? String(value) : Number(value.toPrecision(4)).toString();

  const color = (share) => {
    const at = Math.max(0, Math.min(1, share)) * (viridis.length - 1);
    const low = Math.min(viridis.length - 2, Math.floor(at));
    const mixed = viridis[low].map((part, i) => Math.round(part + (viridis[low + 1][i] - part) * (at - low)));
    const bright = mixed.map((part) => ((part / 255 + 0.055) / 1.055) ** 2.4);
    const light = 0.2126 * bright[0] + 0.7152 * bright[1] + 0.0722 * bright[2];
    return [`rgb(${mixed.join(",")})`, light > 0.18 ? "#000" : "#fff"];
  };

  const table = (head, rows) => {
    const body = make("tbody");
    rows.forEach((row) => {
      const line = make("tr");
      row.forEach((cell) => line.append(make("td", typeof cell === "number" ? { class: "number" } : {}, make("bdi", {}, typeof cell === "number" ? shown(cell) : cell))));
      body.append(line);
    });
    const top = make("tr");
    head.forEach((name) => top.append(make("th", { scope: "col" }, name)));
    return make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": head.join(", ") },
      make("table", {}, make("thead", {}, top), body));
  };
  // The node is made when it is looked at first: tables are long.
  const details = (title, content) => {
    const node = make("details", {}, make("summary", {}, title));
    node.addEventListener("toggle", () => node.append(content()), { once: true });
    return node;
  };
  // What is not in view at first is drawn when the page has been shown, one after the other, or when it is printed.
  const waiting = [];
  const drawNext = () => waiting.shift()?.();
  const whenIdle = window.requestIdleCallback ?? ((draw) => setTimeout(draw, 1));
  const later = (draw) => {
    waiting.push(draw);
    whenIdle(drawNext);
  };
  window.addEventListener("beforeprint", () => waiting.splice(0).forEach((draw) => draw()));
  const options = (select, names, chosen) => {
    names.forEach((name) => select.append(make("option", name === chosen ? { selected: "" } : {}, name)));
  };
  const width = () => Math.min(560, document.querySelector("main").clientWidth - 8);

  // What is known of the images of a well: their objects, and the pictures of these that the gallery has.
  const showWell = (name, images) => {
    const own = data.objects.filter((object) => images.includes(object.image));
    const list = make("ul");
    images.forEach((index) => list.append(make("li", {}, make("a", { href: `#image-${index}` }, make("bdi", {}, data.images[index].input)), `: ${data.images[index].state}`)));
    const inputs = new Set(images.map((index) => data.images[index].input));
    const figures = [...document.querySelectorAll("#gallery figure")].filter((figure) => inputs.has(figure.querySelector("bdi").title));
    const seen = new Set();
    const pictures = make("div", { class: "gallery" }, ...figures.filter((figure) => seen.size < seen.add(figure.dataset.object).size).map((figure) => figure.cloneNode(true)));
    const rows = own.map((object) => [data.images[object.image].image, object.label, ...objectNames.map((each, at) => object.values[at] ?? "")]);
    document.getElementById("well-state").textContent = `Well ${name}: ${own.length} objects were sampled in ${images.length === 1 ? "its image" : `its ${images.length} images`}${own.length ? ", listed below" : ""}.`;
    document.getElementById("well").replaceChildren(make("h3", {}, `Well ${name}`), list, ...(figures.length ? [pictures] : []),
      ...(rows.length ? [table(["image", "object", ...objectNames], rows)] : []));
  };

  // Of several images together: counts add up, means are weighted by what they were taken from.
  const together = (images, quantity) => {
    const at = quantities.indexOf(quantity);
    const known = images.map((index) => data.images[index]).filter((image) => (image.values[at] ?? null) !== null);
    const isSum = sums.has(quantity);
    const weight = (image) => (isSum ? 1 : image.weights[at]);
    const sum = known.reduce((total, image) => total + weight(image) * image.values[at], 0);
    const weights = known.reduce((total, image) => total + weight(image), 0);
    return known.length && weights ? (isSum ? sum : sum / weights) : undefined;
  };

  // One cell of a heatmap can be reached by Tab, the others from there by the arrow keys.
  const walkable = (heat) => {
    const buttons = [...heat.querySelectorAll("button")];
    let chosen = buttons[0];
    if (!chosen) {
      return;
    }
    const choose = (button) => {
      chosen.tabIndex = -1;
      chosen = button;
      chosen.tabIndex = 0;
    };
    const beside = (button, step) => {
      const next = buttons[buttons.indexOf(button) + step];
      return next?.closest("tr") === button.closest("tr") ? next : undefined;
    };
    const across = (button, step) => {
      const cell = button.closest("td");
      const place = [...cell.querySelectorAll("button")].indexOf(button);
      for (let line = cell.parentNode[step]; line; line = line[step]) {
        const there = line.cells[cell.cellIndex].querySelectorAll("button");
        if (there.length) {
          return there[Math.min(place, there.length - 1)];
        }
      }
      return undefined;
    };
    const moves = {
      ArrowLeft: (button) => beside(button, -1), ArrowRight: (button) => beside(button, 1),
      ArrowUp: (button) => across(button, "previousElementSibling"), ArrowDown: (button) => across(button, "nextElementSibling"),
    };
    choose(buttons[0]);
    heat.addEventListener("click", (event) => buttons.includes(event.target) && choose(event.target));
    heat.addEventListener("keydown", (event) => {
      const next = moves[event.key]?.(event.target);
      if (next) {
        event.preventDefault();
        choose(next);
        next.focus();
      }
    });
  };

  const imagesByWell = (plate) => {
    const wells = new Map(plate.wells.map((well) => [well, []]));
    data.images.forEach((image, index) => image.plate === plate.plate && wells.get(image.well)?.push(index));
    return wells;
  };

  const heatmap = (plate, quantity, isApart) => {
    const wells = imagesByWell(plate);
    // What has a colour of its own.
    const parts = (images) => (isApart && images.length > 1 ? images.map((index) => [index]) : [images]);
    const some = [...wells.values()].flatMap(parts).map((images) => together(images, quantity)).filter((value) => value !== undefined);
    const low = Math.min(...some);
    const high = Math.max(...some);
    const heat = make("table", { role: "grid", class: plate.columns.length > 12 ? "heat dense" : "heat" });
    heat.append(make("caption", {}, make("bdi", {}, plate.name), `: ${quantity}`));
    const button = (well, images, isPart) => {
      const value = together(images, quantity);
      const text = value === undefined ? "×" : shown(value);
      const name = isPart ? `${well}, image ${data.images[images[0]].image}` : well;
      const count = isPart || images.length === 1 ? "" : `, ${images.length} images`;
      const node = make("button", { type: "button", tabindex: "-1", title: `${name}: ${text}`, "aria-label": `${name}: ${value === undefined ? "no result" : text}${count}`, ...(value === undefined ? { class: "empty" } : { "data-value": value }) }, text);
      if (value !== undefined) {
        const [back, front] = color(high > low ? (value - low) / (high - low) : 0.5);
        node.style.background = back;
        node.style.color = front;
      }
      node.addEventListener("click", () => showWell(name, images));
      return node;
    };
    const cell = (well) => {
      if (!wells.has(well)) {
        return make("td", { class: "missing", "aria-label": `${well}: not on the plate` });
      }
      const own = parts(wells.get(well));
      const value = together(wells.get(well), quantity);
      const node = make("td", { "data-well": well, ...(value === undefined ? {} : { "data-value": value }) });
      if (own.length === 1) {
        node.append(button(well, own[0], false));
        return node;
      }
      const box = make("div", { class: own.length > 3 ? "parts small" : "parts" }, ...own.map((images) => button(well, images, true)));
      box.style.gridTemplateColumns = `repeat(${own.length > 3 ? Math.ceil(Math.sqrt(own.length)) : 1}, 1fr)`;
      node.append(box);
      return node;
    };
    const top = make("tr", {}, make("td"));
    plate.columns.forEach((column) => top.append(make("th", { scope: "col" }, column)));
    const body = make("tbody");
    plate.rows.forEach((row) => body.append(make("tr", {}, make("th", { scope: "row" }, row), ...plate.columns.map((column) => cell(`${row}/${column}`)))));
    heat.append(make("thead", {}, top), body);
    walkable(heat);
    const scale = make("p", { class: "scale" });
    if (some.length) {
      scale.append(shown(low), make("span", { class: "ramp", role: "img", "aria-label": "colours from the least to the greatest value" }), shown(high));
    }
    const rows = () => [...wells].flatMap(([well, images]) => images.map((index) => [well, data.images[index].image, data.images[index].state, together([index], quantity) ?? ""]));
    return make("div", {}, make("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": `Heatmap of ${plate.name}` }, heat), scale,
      details(`Table: ${quantity} of each image`, () => table(["well", "image", "state", quantity], rows())));
  };

  const quantities = data.quantities;
  const objectNames = data.features;
  const quantity = document.getElementById("quantity");
  if (quantity && data.plates) {
    options(quantity, quantities, "objects");
    const apart = document.getElementById("apart");
    apart.parentNode.hidden = data.plates.every((plate) => [...imagesByWell(plate).values()].every((images) => images.length < 2));
    const draw = () => document.getElementById("plates").replaceChildren(...data.plates.map((plate) => heatmap(plate, quantity.value, apart.checked)));
    [quantity, apart].forEach((choice) => choice.addEventListener("change", draw));
    draw();
  }

  const axes = (across, up) => [
    { stroke: ink, grid, ticks: grid, label: across, labelSize: 22, size: 40 },
    { stroke: ink, grid, ticks: grid, label: up, labelSize: 22, size: 62 },
  ];

  const logarithmic = ([across, up], value) => [{ ...across, values: (plot, splits) => splits.map((at) => shown(Number(value(at).toPrecision(3)))) }, up];

  // The names of lines stay; what lies under the pointer is said while there is one.
  const legend = { mount: (plot, node) => {
    node.classList.add("idle");
    plot.over.addEventListener("mouseenter", () => node.classList.remove("idle"));
    plot.over.addEventListener("mouseleave", () => node.classList.add("idle"));
    plot.root.append(node);
  } };

  // A step for each bin. There are eight to each power of two, on a logarithmic axis of unlike widths, so that its height
  // is a density: areas are shares.
  const histogram = (name, rows) => {
    const totals = [2, 3].map((column) => rows.reduce((sum, row) => sum + row[column], 0));
    const whole = rows.every((row) => Number.isInteger(row[0]));
    const end = (row) => (whole ? Math.max(row[1], row[0] + 1) : row[1]);
    const isLogarithmic = rows.every((row) => row[0] >= 0);
    const least = Math.log2(Math.min(...rows.map((row) => row[0]).filter((value) => value > 0), 1e300)) - 1;
    const place = (value) => (!isLogarithmic ? value : value > 0 ? Math.log2(value) : least);
    const density = (row) => (isLogarithmic && row[0] > 0 ? 1 / 8 / Math.log2(end(row) / row[0]) : 1);
    const value = (at) => (!isLogarithmic ? at : at <= least ? 0 : 2 ** at);
    const edges = [];
    const series = [[], []];
    rows.forEach((row, i) => {
      edges.push(place(row[0]));
      [0, 1].forEach((time) => series[time].push(totals[time] ? ((100 * row[time + 2]) / totals[time]) * density(row) : null));
      const next = rows[i + 1];
      if (!next || place(next[0]) > place(end(row))) {
        edges.push(Math.max(place(end(row)), place(row[0]) + 0.01));
        series.forEach((each) => each.push(next ? 0 : null));
      }
    });
    const box = make("div", {}, make("p", { class: "plot-title" }, name));
    const stepped = uPlot.paths.stepped({ align: 1 });
    const shownSeries = totals[1] ? [0, 1] : [0];
    const lines = shownSeries.map((time) => ({
      label: totals[1] ? ["before", "after"][time] : "pixels", stroke: [before, after][time], width: 2,
      dash: time ? [6, 3] : undefined, paths: stepped, points: { show: false },
      value: (plot, share) => (share == null ? "" : `${shown(share)} %`),
    }));
    new uPlot({ legend, width: width(), height: 260, scales: { x: { time: false } }, axes: logarithmic(axes(isLogarithmic ? "pixel value, logarithmic" : "pixel value", isLogarithmic ? "% of pixels in ⅛ of a doubling" : "% of pixels in the bin"), value), series: [{ label: "from", value: (plot, at) => (at == null ? "" : shown(value(at))) }, ...lines] },
      [edges, ...shownSeries.map((time) => series[time])], box);
    box.append(details(`Table: ${name}`, () => totals[1] ? table(["from", "below", "pixels before", "pixels after"], rows) : table(["from", "below", "pixels"], rows.map((row) => row.slice(0, 3)))));
    return box;
  };
  const channels = Object.entries(data.histograms).filter(([, rows]) => rows.length);
  if (channels.length) {
    document.getElementById("histograms").hidden = false;
    channels.forEach(([name, rows]) => later(() => document.getElementById("histogram-plots").append(histogram(name, rows))));
  }

  // Points at the ends are whole.
  const wider = (plot, low, high) => {
    const more = (high - low) / 40 || Math.abs(high) / 40 || 1;
    return [low - more, high + more];
  };
  const scatter = (across, up) => {
    const [first, second] = [across, up].map((name) => objectNames.indexOf(name));
    const points = data.objects
      .map((object) => [object.values[first] ?? null, object.values[second] ?? null, object])
      .filter(([x, y]) => x !== null && y !== null)
      .sort((one, other) => one[0] - other[0]);
    const box = make("div");
    new uPlot({
      legend, width: Math.min(720, document.querySelector("main").clientWidth - 8), height: 380, scales: { x: { time: false, range: wider } }, axes: axes(across, up),
      series: [{ label: across, value: (plot, value) => (value == null ? "" : shown(value)) }, { label: up, paths: () => null, points: { show: true, size: points.length > 2000 ? 3 : 6, stroke: before, fill: before }, value: (plot, value) => (value == null ? "" : shown(value)) }],
    }, [points.map((point) => point[0]), points.map((point) => point[1])], box);
    const listed = points.slice(0, 500);
    const rows = () => listed.map(([x, y, object]) => [data.images[object.image].input, object.label, x, y]);
    box.append(details(`Table: ${listed.length} of ${points.length} objects`, () => table(["image", "object", across, up], rows())));
    return box;
  };
  if (data.objects.length && objectNames.length > 1) {
    document.getElementById("scatter").hidden = false;
    const [across, up] = ["across", "up"].map((id) => document.getElementById(id));
    // What is the same for all objects shows nothing.
    const differ = objectNames.filter((name, at) => new Set(data.objects.map((object) => object.values[at] ?? null)).size > 1);
    const [first, second] = [...differ, ...objectNames.filter((name) => !differ.includes(name))];
    options(across, objectNames, first);
    options(up, objectNames, second);
    const draw = () => document.getElementById("scatter-plot").replaceChildren(scatter(across.value, up.value));
    [across, up].forEach((select) => select.addEventListener("change", draw));
    later(draw);
  }

  const outlines = document.getElementById("outlines");
  outlines?.addEventListener("change", () => document.body.classList.toggle("no-outlines", !outlines.checked));
})();
