// SPDX-License-Identifier: MIT
// @ts-check
// Records what a check ran, where, and with what result, in build/runs/. `npm run generate` takes the
// newest of these over into docs/runs.json, and writes the tables of the documentation from it.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../clone.mjs';

/**
 * @typedef {object} Outcome
 * @property {string} where such as `Debian 12, Wine 8.0, x64`
 * @property {string} runtime such as `Windows Node 22.23.3`; empty if nothing ran, only compiled
 * @property {string} what such as `the smoke suite`
 * @property {number} passed
 * @property {number} failed
 *
 * @typedef {object} Run one run of a check
 * @property {string} check
 * @property {string} on the machine and what it was set to: a later run on the same replaces this one
 * @property {string} date in ISO 8601, in seconds
 * @property {Outcome[]} outcomes
 */

/** @param {string} clone */
const recent = (clone) => join(clone, 'build', 'runs');

/**
 * @param {string} check
 * @param {string} on
 * @param {Outcome[]} outcomes
 */
export function record(check, on, outcomes) {
  const date = new Date().toISOString().replace(/\.\d+/, '');
  const name = `${check} on ${on}`.replaceAll(/[^\w.]+/g, '-');
  mkdirSync(recent(root), { recursive: true });
  const text = JSON.stringify({ check, on, date, outcomes }, null, 2);
  writeFileSync(join(recent(root), `${name}.json`), `${text}\n`);
}

/**
 * The runs that were recorded in a clone since its build folder was made.
 * @param {string} clone
 * @returns {Run[]}
 */
export function recentRuns(clone) {
  const folder = recent(clone);
  if (!existsSync(folder)) return [];
  return readdirSync(folder).map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')));
}

/**
 * The runs that the repository documents.
 * @param {string} clone
 * @returns {Run[]}
 */
export function documentedRuns(clone) {
  const file = join(clone, 'docs', 'runs.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
}
