// SPDX-License-Identifier: MIT
// @ts-check
// Runs clang with MSVC's dialect and ABI and the Windows SDK's headers. On Linux, libc++ replaces
// MSVC's standard library, and a few headers of our own replace those of the Visual C++ runtime, which
// no package registry has. So sources compile, but nothing can be linked.

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
 * A folder of the overlay: the same files, whose names match in any case.
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
 * Writes a file that other processes may be reading: they see all of the old file or all of the new.
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
 * Writes the overlay. The SDK's headers include one another as Windows finds files: in any case.
 * @param {string[]} folders
 */
function writeOverlay(folders) {
  const roots = folders.map((folder) => overlaid(folder, folder));
  replaceFile(overlayFile, JSON.stringify({ version: 0, 'case-sensitive': 'false', roots }));
  return overlayFile;
}

/** @type {string[] | undefined} */
let system;

/** The arguments for the system's headers: their folders and the macros that they need. */
function systemArguments() {
  if (onWindows) return [];
  if (system) return system;
  const { headers } = windowsSdkFolders();
  const folders = parts.map((part) => join(headers, part));
  const runtime = join(root, 'tools', 'sdk', 'vcruntime');
  system = [
    ...['-nostdinc++', '-ivfsoverlay', writeOverlay(folders)],
    ...['-D_LIBCPP_NO_VCRUNTIME', '-D_LIBCPP_HAS_THREAD_API_WIN32'],
    // An annotation of parameters in the SDK's ARM64 intrinsics, which MSVC's own headers define.
    '-D_Interlocked_operand_=volatile',
    ...[runtime, '/usr/lib/llvm-14/include/c++/v1', ...folders].flatMap((at) => ['-isystem', at]),
  ];
  return system;
}

/** The macros of binding.gyp, with 0 for the version, which binding.gyp asks node for. */
function definitions() {
  const text = readFileSync(join(root, 'binding.gyp'), 'utf8');
  const list = /'defines': \[([^\]]*)\]/.exec(text)?.[1] ?? '';
  return Array.from(list.matchAll(/^ *(['"])(.*)\1,$/gm), ([, , definition = '']) => {
    return `-D${definition.replace(/\\"<!\(.*/, '"0"')}`;
  });
}

/**
 * The arguments that compile one of our files as binding.gyp does with MSVC.
 * @param {string} target
 * @param {string} from the copy of the repository whose headers to use
 */
export function clangArguments(target, from = root) {
  return [
    `--target=${target}-pc-windows-msvc`,
    // As strict as /permissive-: templates are checked where they are defined.
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
 * Runs a compiler and collects all its output.
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
