/*
 * Write LICENSES.txt: the licence of every package whose code is in a bundle.
 *
 * esbuild's metafiles say which files gave code to the bundles, so a package
 * that is installed but dropped from them is not listed, and one that slips in
 * without a licence text stops the build.
 *
 * Usage: node licences.mjs LICENSES.txt META.json...
 */

import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [outPath, ...metaPaths] = process.argv.slice(2);
const metas = metaPaths.map((path) => JSON.parse(readFileSync(path, "utf8")));

const folders = new Set();
for (const output of metas.flatMap((meta) => Object.values(meta.outputs))) {
  for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
    // Greedy, so that a nested node_modules counts as its own package.
    const match = input.match(/^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//);
    if (match && bytesInOutput > 0) folders.add(match[1]);
  }
}

const packages = [...folders].map((folder) => {
  const { name, version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry));
  if (!file) throw new Error(`${name} ${version}: no licence file in ${folder}`);
  if (license !== "MIT") throw new Error(`${name} ${version}: licence is ${license}, not MIT`);
  return { name, version, license, text: readFileSync(join(folder, file), "utf8").trim() };
});
// By code unit, not by locale: the same order on every machine.
packages.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));

const rule = "=".repeat(72);
const parts = packages.map(
  ({ name, version, license, text }) => `${rule}\n${name} ${version} (${license})\n${rule}\n\n${text}\n`,
);
const intro =
  "editor.js and player.js contain code of the packages below. This file is\n" +
  "written by build.sh; do not edit it.\n";
writeFileSync(outPath, [intro, ...parts].join("\n"));
