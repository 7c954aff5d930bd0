// SPDX-License-Identifier: MIT
//
// The platform, the version of Windows, and this package's binary.

import { release, version as productName } from 'node:os';
import { isOwn } from '../errors.js';
import { ownCodes, type OwnCode } from '../generated/own-codes.js';
import type { ReadingOf } from '../remote/system.js';
import { findingsIn, type Entry, type Finding } from './finding.js';

export const machineTable = {
  'unsupported-platform': {
    severity: 'error',
    meaning: 'This system is {platform}: Delivery Optimization and BITS are services of Windows.',
    advice: 'Download by other means here: the route http of download() works on every system.',
  },
  'binary-loaded': {
    severity: 'ok',
    meaning: 'The binary of dosvc {version} for {architecture} is loaded.',
  },
  'binary-failed': {
    severity: 'error',
    meaning: 'The binary of dosvc for {architecture} cannot be used: {code}. {why}',
    advice: '{remedy}',
  },
  windows: {
    severity: 'ok',
    meaning: 'This is {name}, build {build}.',
  },
  'windows-too-old': {
    severity: 'warning',
    meaning:
      'This is {name}, build {build}. Before Windows 10 version 1809 (build 17763), Delivery Optimization does not have the download API (IDOManager).',
    advice: 'Update Windows, or use jobs: BackgroundCopyManager.',
  },
} as const satisfies Record<string, Entry>;

const finding = findingsIn(machineTable);
const currentVersion = 'HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion';
// The first build that has IDOManager.
const firstDownloads = 17763;

export const machineQueries = {
  revision: ['registry', currentVersion, 'UBR'],
  displayVersion: ['registry', currentVersion, 'DisplayVersion'],
} as const;

interface MachineReadings {
  revision: ReadingOf<'registry'>;
  displayVersion: ReadingOf<'registry'>;
}

/** The finding on another system than Windows. */
export function unsupportedPlatform(): Finding<'unsupported-platform'> {
  return finding('unsupported-platform', { facts: { platform: process.platform } });
}

/** The version of Windows, with its revision and its marketing version where they could be read. */
export function windowsFinding(readings?: MachineReadings): Finding<keyof typeof machineTable> {
  const revision = readings?.revision.value ?? null;
  const build = Number(release().split('.')[2]);
  const facts = {
    name: productName(),
    build: revision === null ? String(build) : `${String(build)}.${String(revision)}`,
    displayVersion: readings?.displayVersion.value ?? null,
  };
  return finding(build < firstDownloads ? 'windows-too-old' : 'windows', { facts });
}

export function binaryLoaded(version: string): Finding<'binary-loaded'> {
  return finding('binary-loaded', { facts: { version, architecture: process.arch } });
}

/** The codes of a binary that cannot be used. */
export function isBinaryCode(code: string): code is OwnCode {
  return isOwn(code) && ['ERR_DOSVC_NO_BINARY', 'ERR_DOSVC_LOAD_FAILED'].includes(code);
}

// The error's own message may have the path of the binary, which may have the name of the user.
export function binaryFailed(code: OwnCode): Finding<'binary-failed'> {
  const { meaning: why, advice: remedy } = ownCodes[code];
  return finding('binary-failed', { facts: { architecture: process.arch, code, why, remedy } });
}
