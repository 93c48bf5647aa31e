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
  assert.deepEqual(problems, [], file);
  return { page, problems, milliseconds: Date.now() - start };
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

// Each quantity can be drawn; plots have a table each.
for (const quantity of await page.locator("#quantity option").allTextContents()) {
  await page.locator("#quantity").selectOption(quantity);
  assert.equal(await page.locator("td[data-value]").count(), wells.size, quantity);
}
const plots = await page.locator(".uplot").count();
assert.ok(plots >= 2);
assert.equal(await page.locator(".plots details table").count(), plots);

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

// A plate of 1,536 wells.
const { page: many, milliseconds } = await open(large);
assert.equal(await many.locator("td[data-value]").count(), 1536);
console.log(`${images.length} images, ${plots} plots; 1,536 wells open in ${milliseconds} ms`);
await browser.close();
