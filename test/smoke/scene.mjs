// SPDX-License-Identifier: MIT
// What the checks of the smoke suite share.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { BackgroundCopyManager, DownloadManager } from 'dosvc';
import { contentOf } from './server.mjs';

/**
 * @typedef {object} Scene
 * @property {(name: string, body: () => unknown) => Promise<void>} check
 * @property {string} url of the server
 * @property {(name: string) => void} letGo has the server send the rest of a file
 * @property {string} folder for files
 */

/** Polls as often as a check wants to hear, and gives up before the check does. */
const options = { pollInterval: 50, callTimeout: 20_000 };

/** @param {'bits' | 'delivery-optimization'} service */
export function connect(service) {
  return BackgroundCopyManager.connect({ ...options, service });
}

export function connectDownloads() {
  return DownloadManager.connect(options);
}

/**
 * @param {string} file
 * @param {number} size
 * @param {string} name
 */
export function assertContent(file, size, name) {
  assert.ok(readFileSync(file).equals(contentOf(size, name)), 'the file has other bytes');
}
