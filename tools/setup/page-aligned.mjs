// SPDX-License-Identifier: MIT
// @ts-check
// Rewrites a Windows program so that Wine can map it. Wine maps a section whose offset in the file is a
// multiple of the page size. It reads any other each time the program starts: 83 MiB of node.exe.

import { readFileSync, writeFileSync } from 'node:fs';

const page = 4096;
const certificates = 4;

/** @param {number} size */
const inPages = (size) => Math.ceil(size / page) * page;

/**
 * Returns the same program with each section at a page boundary in the file. Whatever follows the sections
 * is dropped: the signature, which would no longer be valid. The offsets that the debug directory gives to
 * debuggers stay those of the original.
 * @param {Buffer} file a program without symbols, which would follow the sections
 */
export function pageAligned(file) {
  const header = file.readUInt32LE(0x3c) + 4;
  const optional = header + 20;
  const headers = Buffer.from(file.subarray(0, file.readUInt32LE(optional + 60)));
  /** @type {Buffer[]} */
  const parts = [headers];
  let end = headers.length;
  const first = optional + file.readUInt16LE(header + 16);
  for (let at = first; at < first + file.readUInt16LE(header + 2) * 40; at += 40) {
    const [size, start] = [file.readUInt32LE(at + 16), file.readUInt32LE(at + 20)];
    if (size === 0) continue;
    const aligned = inPages(end);
    headers.writeUInt32LE(aligned, at + 20);
    parts.push(Buffer.alloc(aligned - end), file.subarray(start, start + size));
    end = aligned + size;
  }
  const directories = optional + (file.readUInt16LE(optional) === 0x20b ? 112 : 96);
  headers.fill(0, directories + certificates * 8, directories + certificates * 8 + 8);
  return Buffer.concat(parts);
}

/** @param {string} path of a program, which is replaced */
export function alignPages(path) {
  writeFileSync(path, pageAligned(readFileSync(path)));
}
