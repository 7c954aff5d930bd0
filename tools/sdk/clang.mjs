// SPDX-License-Identifier: MIT
// @ts-check
// clang as MSVC: its dialect and its ABI, with the Windows SDK's headers. On Linux libc++ takes the
// place of MSVC's standard library, and a handful of headers of our own that of the Visual C++
// runtime's, which is on no registry: so this compiles, and nothing of it can be linked.

import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onWindows, root, windowsSdk } from '../clone.mjs';
import { windowsSdkFolders } from '../setup/windows-sdk.mjs';

export const targets = ['x86_64', 'i686', 'aarch64'];
export const compiler = onWindows ? 'clang++' : 'clang++-14';

export const overlayFile = join(windowsSdk, 'overlay.json');

const parts = ['um', 'shared', 'ucrt', 'winrt'];

/**
 * A folder of the overlay: as it is, but for the case of its names.
 * @param {string} folder
 * @param {string} name
 * @returns {object}
 */
function overlaid(folder, name) {
  const contents = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return overlaid(path, entry.name);
    return { name: entry.name, type: 'file', 'external-contents': path };
  });
  return { name, type: 'directory', contents };
}

/**
 * Writes a file that other processes may be reading: they have it whole, the old or the new.
 * @param {string} file
 * @param {string} text
 */
export function replaceFile(file, text) {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  const fresh = `${file}.${String(process.pid)}`;
  writeFileSync(fresh, text);
  renameSync(fresh, file);
}

/**
 * The SDK's headers name one another as Windows finds them: in any case.
 * @param {string[]} folders
 */
function writeOverlay(folders) {
  const roots = folders.map((folder) => overlaid(folder, folder));
  replaceFile(overlayFile, JSON.stringify({ version: 0, 'case-sensitive': 'false', roots }));
  return overlayFile;
}

/** @type {string[] | undefined} */
let system;

/** Where the system's headers are, and what they have to be told. */
function systemArguments() {
  if (onWindows) return [];
  if (system) return system;
  const { headers } = windowsSdkFolders();
  const folders = parts.map((part) => join(headers, part));
  const runtime = join(root, 'tools', 'sdk', 'vcruntime');
  system = [
    ...['-nostdinc++', '-ivfsoverlay', writeOverlay(folders)],
    ...['-D_LIBCPP_NO_VCRUNTIME', '-D_LIBCPP_HAS_THREAD_API_WIN32'],
    // A parameter's name in the SDK's ARM64 intrinsics, which MSVC's own headers define.
    '-D_Interlocked_operand_=volatile',
    ...[runtime, '/usr/lib/llvm-14/include/c++/v1', ...folders].flatMap((at) => ['-isystem', at]),
  ];
  return system;
}

/** Those of binding.gyp; the version is whatever node says there. */
function definitions() {
  const text = readFileSync(join(root, 'binding.gyp'), 'utf8');
  const list = /'defines': \[([^\]]*)\]/.exec(text)?.[1] ?? '';
  return Array.from(list.matchAll(/^ *(['"])(.*)\1,$/gm), ([, , definition = '']) => {
    return `-D${definition.replace(/\\"<!\(.*/, '"0"')}`;
  });
}

/**
 * The arguments with which a file of ours compiles, as binding.gyp has them for MSVC.
 * @param {string} target
 * @param {string} from the copy of the repository whose headers are meant
 */
export function clangArguments(target, from = root) {
  return [
    `--target=${target}-pc-windows-msvc`,
    // As strict as /permissive-: templates are looked into where they stand.
    ...['-fms-compatibility-version=19.38', '-fms-extensions', '-fno-delayed-template-parsing'],
    ...['-std=c++17', '-Wall', '-Wextra', '-Wpedantic', '-Werror'],
    ...systemArguments(),
    ...definitions(),
    `-I${join(from, 'native')}`,
    ...['-isystem', join(root, 'node_modules', 'node-addon-api')],
    ...['-isystem', join(root, 'node_modules', 'node-api-headers', 'include')],
  ];
}

/**
 * Runs a compiler and takes all that it says.
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<{ status: number, output: string }>}
 */
export function compile(command, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'pipe'] });
    /** @type {Buffer[]} */
    const chunks = [];
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => chunks.push(chunk));
    }
    child.on('error', reject);
    child.on('close', (status) => {
      resolve({ status: status ?? 1, output: Buffer.concat(chunks).toString() });
    });
  });
}
