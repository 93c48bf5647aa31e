// SPDX-License-Identifier: Apache-2.0
// Opens pages of runs in a headless Chromium.
//
//   node check_page.mjs CHROMIUM FOLDER HOSTILE LARGE PICTURES
//
// FOLDER has report.html and run.jsonl of a run over a plate; HOSTILE and LARGE are pages; screenshots go to PICTURES.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import axe from "axe-core";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { chromium } from "playwright-core";

const [executablePath, folder, hostile, large, pictures] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });

async function open(file, options = {}) {
  const page = await browser.newPage(options);
  const problems = [];
  page.on("console", (message) => ["error", "warning"].includes(message.type()) && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => /^(file|data|blob):/.test(request.url()) || problems.push(`asks for ${request.url()}`));
  page.on("dialog", (dialog) => problems.push(`dialog ${dialog.message()}`));
  const start = Date.now();
  await page.goto(pathToFileURL(file).href, { waitUntil: "load" });
  const milliseconds = Date.now() - start;
  // Plots follow when the page is shown.
  const plots = await page.evaluate(() => { const data = JSON.parse(document.getElementById("data").textContent); return Object.values(data.histograms).filter((rows) => rows.length).length + (data.objects.length && data.features.length > 1 ? 1 : 0); });
  await page.waitForFunction((count) => document.querySelectorAll(".uplot").length >= count, plots);
  assert.deepEqual(problems, [], file);
  return { page, problems, milliseconds, drawn: Date.now() - start };
}

const report = path.join(folder, "report.html");
const lines = readFileSync(path.join(folder, "run.jsonl"), "utf8").trim().split("\n").map((line) => JSON.parse(line));
const images = lines.filter((line) => line.kind === "image");
const end = lines.at(-1);

// The numbers are the manifest's.
const { page, problems } = await open(report, { viewport: { width: 1200, height: 900 } });
const number = (name) => page.locator(`dd[data-name="${name}"]`).getAttribute("data-value").then(Number);
assert.equal(await number("objects"), end.objects);
assert.equal(await number("pixels"), end.pixels);
assert.equal(await number("bytes written"), end.bytes_written);
assert.equal(await number("done"), end.images_done);
assert.equal(await number("failed"), end.images_failed);

// A cell for each well, with the sum of its images; a click lists its objects.
const wells = new Map();
for (const image of images) {
  const well = image.input.split("/").slice(-3, -1).join("/");
  wells.set(well, (wells.get(well) ?? 0) + image.objects);
}
assert.equal(await page.locator("td[data-value]").count(), wells.size);
for (const [well, objects] of wells) {
  assert.equal(Number(await page.locator(`td[data-well="${well}"]`).getAttribute("data-value")), objects);
}
const first = [...wells.keys()][0];
await page.locator(`td[data-well="${first}"] button`).focus();
await page.keyboard.press("Enter");
assert.equal(await page.locator("#well h3").textContent(), `Well ${first}`);
assert.ok((await page.locator("#well tbody tr").count()) > 0);
assert.ok((await page.locator("#well figure svg image").count()) > 0);
assert.ok((await page.locator("#well-state").textContent()).startsWith(`Well ${first}: `));

// Each quantity can be drawn, means before and after among them; plots have a table each.
const quantities = await page.locator("#quantity option").allTextContents();
for (const quantity of ["objects", "pixels", "mean size in pixels", "DAPI, mean before", "DAPI, mean after", "DAPI, % of pixels changed (sampled objects)"]) {
  assert.ok(quantities.includes(quantity), `${quantity} is not among ${quantities}`);
}
for (const quantity of quantities) {
  await page.locator("#quantity").selectOption(quantity);
  assert.equal(await page.locator("td[data-value]").count(), wells.size, quantity);
}
const plots = await page.locator(".uplot").count();
assert.ok(plots >= 2);
for (const summary of await page.locator(".plots summary").all()) {
  await summary.click();
}
// Browsers tell a little later that details were opened.
await page.waitForFunction((count) => document.querySelectorAll(".plots details table").length === count, plots);
for (const summary of await page.locator(".plots summary").all()) {
  await summary.click();
}

// Pictures before and after, of one size, and outlines that can be put away.
for (const figure of (await page.locator(".gallery figure").all()).slice(0, 5)) {
  assert.equal(await figure.locator("svg image").count(), 2);
}
assert.ok((await page.locator(".gallery .outline").first().getAttribute("d")).length > 10);
await page.locator("#outlines").uncheck();
assert.equal(await page.locator(".gallery .outline").first().isVisible(), false);
await page.locator("#outlines").check();

// Nothing reaches out of the page on a phone.
const { page: phone } = await open(report, { viewport: { width: 400, height: 800 } });
const reach = await phone.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
assert.ok(reach[0] <= reach[1], `${reach[0]} pixels wide in a window of ${reach[1]}`);

// WCAG AA: 4.5 to 1 for text, in light and dark, and in the cells of the heatmap.
const contrasts = () => {
  const parts = (color) => color.match(/[\d.]+/g).map(Number);
  const light = (color) => {
    const [r, g, b] = parts(color).map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const back = (node) => {
    for (let at = node; at; at = at.parentElement) {
      const color = getComputedStyle(at).backgroundColor;
      if (parts(color)[3] !== 0) {
        return color;
      }
    }
    return "rgb(255, 255, 255)";
  };
  return [...document.querySelectorAll("h1, p, dt, dd, th, td, figcaption, a, button, code, select, summary")]
    .filter((node) => node.textContent.trim())
    .map((node) => {
      const pair = [light(getComputedStyle(node).color), light(back(node))].sort((a, b) => b - a);
      return [(pair[0] + 0.05) / (pair[1] + 0.05), `${node.tagName} ${node.className} ${node.textContent.trim().slice(0, 20)}`];
    })
    .filter(([ratio]) => ratio < 4.5);
};
const { page: dark } = await open(report, { viewport: { width: 1200, height: 900 }, colorScheme: "dark" });
assert.deepEqual(await page.evaluate(contrasts), []);
assert.deepEqual(await dark.evaluate(contrasts), []);

// So say axe's rules for WCAG 2.1, A and AA.
for (const each of [page, dark]) {
  await each.evaluate(axe.source);
  const { violations, passes } = await each.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] }));
  assert.deepEqual(violations.map((violation) => [violation.id, violation.nodes[0].html]), []);
  assert.ok(passes.some((rule) => rule.id === "color-contrast"));
}

// The pages are valid HTML.
const validator = new HtmlValidate(new StaticConfigLoader({ extends: ["html-validate:standard"] }));
for (const file of [report, hostile]) {
  const { results } = await validator.validateString(readFileSync(file, "utf8"));
  assert.deepEqual(results.flatMap((result) => result.messages.map((message) => [message.ruleId, message.message, message.line])), [], file);
}

await page.screenshot({ path: path.join(pictures, "wide.png"), fullPage: true });
await phone.screenshot({ path: path.join(pictures, "phone.png"), fullPage: true });
await dark.screenshot({ path: path.join(pictures, "dark.png"), fullPage: true });
await page.pdf({ path: path.join(pictures, "print.pdf"), format: "A4" });
assert.deepEqual(problems, []);

// Names are text.
const { page: wrong, problems: after } = await open(hostile);
await wrong.waitForTimeout(100);
assert.deepEqual(after, []);
assert.ok((await wrong.locator("#problems").textContent()).includes("</script><script>alert(1)</script>"));

// Two images of a well are told apart, by colour and by name, and can be taken together; arrow keys go from cell to
// cell, past those that are not on the plate, and Tab reaches one of them.
const apart = wrong.locator(".heat button");
const values = () => apart.evaluateAll((all) => all.map((each) => Number(each.dataset.value)));
assert.deepEqual(await values(), [1, 3, NaN, 8]);
const colors = await apart.evaluateAll((all) => all.map((each) => getComputedStyle(each).backgroundColor));
assert.equal(new Set(colors).size, 4);
assert.equal(await wrong.locator("td.missing").count(), 1);
assert.equal(await wrong.locator(".heat button[tabindex='0']").count(), 1);
await apart.first().focus();
for (const key of ["ArrowDown", "ArrowUp", "ArrowRight"]) {
  await wrong.keyboard.press(key);
}
await wrong.keyboard.press("Enter");
const well = await wrong.locator(".heat td[data-well]").first().getAttribute("data-well");
assert.equal(await wrong.locator("#well h3").textContent(), `Well ${well}, image 1`);
assert.equal(await wrong.locator("#well li").count(), 1);
await wrong.locator("#apart").uncheck();
assert.deepEqual(await values(), [4, NaN, 8]);
await apart.first().click();
assert.equal(await wrong.locator("#well li").count(), 2);
assert.deepEqual(after, []);

// A plate of 1,536 wells.
const { page: many, milliseconds, drawn } = await open(large);
assert.equal(await many.locator("td[data-value]").count(), 1536);

// Every measured feature can be drawn, and its colours keep their order for the colour-blind: lightness as people
// without one kind of cone see it (Machado, Oliveira and Fernandes 2009) grows with the value.
await many.locator("#quantity").selectOption("mean area");
const cells = await many.locator("td[data-value]").evaluateAll((all) =>
  all.map((cell) => [Number(cell.dataset.value), getComputedStyle(cell.querySelector("button")).backgroundColor.match(/\d+/g).map(Number)]));
assert.equal(cells.length, 1536);
cells.sort(([one], [other]) => one - other);
const blindness = {
  none: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]],
  deuteranopia: [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.01182, 0.04294, 0.968881]],
  tritanopia: [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.3039]],
};
for (const [kind, matrix] of Object.entries(blindness)) {
  const lightness = cells.map(([, color]) => {
    const linear = color.map((part) => (part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4));
    const seen = matrix.map((row) => Math.max(0, Math.min(1, row.reduce((sum, factor, i) => sum + factor * linear[i], 0))));
    return 116 * Math.cbrt(0.2126 * seen[0] + 0.7152 * seen[1] + 0.0722 * seen[2]) - 16;
  });
  // Colours are rounded to whole numbers.
  lightness.forEach((light, i) => assert.ok(i === 0 || light > lightness[i - 1] - 0.5, `${kind}: ${cells[i]}`));
  assert.ok(lightness.at(-1) - lightness[0] > 50, `${kind}: from ${lightness[0]} to ${lightness.at(-1)}`);
}
await many.locator("#across").selectOption("feature 9");
assert.equal(await many.locator("#scatter-plot .uplot").count(), 1);
assert.ok((await many.locator("h3", { hasText: "Greatest area of all objects" }).count()) > 0);
console.log(`${images.length} images, ${plots} plots; 1,536 wells open in ${milliseconds} ms, with all plots in ${drawn} ms`);
await browser.close();
