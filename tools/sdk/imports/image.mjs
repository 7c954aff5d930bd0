// SPDX-License-Identifier: MIT
// @ts-check
// What a Windows binary imports, read from the file. Offsets are those of the PE format's
// specification.

import { readFileSync } from 'node:fs';

class Image {
  #bytes;
  #wide;
  #sections;
  #directories;

  /** @param {string} file */
  constructor(file) {
    this.#bytes = readFileSync(file);
    const header = this.#u32(0x3c) + 4;
    const optional = header + 20;
    this.#wide = this.#u16(optional) === 0x20b;
    this.#directories = optional + (this.#wide ? 112 : 96);
    const first = optional + this.#u16(header + 16);
    this.#sections = Array.from({ length: this.#u16(header + 2) }, (_, at) => first + at * 40);
  }

  /** @param {number} at */
  #u16(at) {
    return this.#bytes.readUInt16LE(at);
  }

  /** @param {number} at */
  #u32(at) {
    return this.#bytes.readUInt32LE(at);
  }

  /** Where a virtual address lies in the file. @param {number} address */
  #locate(address) {
    const section = this.#sections.find((at) => {
      const start = this.#u32(at + 12);
      return address >= start && address < start + Math.max(this.#u32(at + 8), this.#u32(at + 16));
    });
    if (section === undefined) throw new Error(`the address ${String(address)} is in no section`);
    return address - this.#u32(section + 12) + this.#u32(section + 20);
  }

  /** @param {number} at */
  #text(at) {
    return this.#bytes.toString('latin1', at, this.#bytes.indexOf(0, at));
  }

  /** The names in an import lookup table. @param {number} table */
  #names(table) {
    const size = this.#wide ? 8 : 4;
    /** @type {string[]} */
    const names = [];
    for (let at = table; this.#u32(at) !== 0 || this.#u32(at + size - 4) !== 0; at += size) {
      const byOrdinal = this.#u32(at + size - 4) >>> 31 === 1;
      const entry = this.#u32(at);
      names.push(byOrdinal ? `#${String(entry & 0xffff)}` : this.#text(this.#locate(entry) + 2));
    }
    return names;
  }

  /** @returns {Map<string, string[]>} */
  imports() {
    const found = new Map();
    let at = this.#locate(this.#u32(this.#directories + 8));
    for (; this.#u32(at + 12) !== 0; at += 20) {
      const library = this.#text(this.#locate(this.#u32(at + 12))).toLowerCase();
      const names = this.#names(this.#locate(this.#u32(at) || this.#u32(at + 16)));
      // A library may stand there twice.
      found.set(library, [...(found.get(library) ?? []), ...names]);
    }
    return found;
  }
}

/**
 * The functions that a DLL imports when it is loaded, by the library that they come from.
 * @param {string} file
 */
export function importsOf(file) {
  return new Image(file).imports();
}

/**
 * The functions among these that a DLL imports late: mingw-w64 leaves the directory of delayed
 * imports empty, but the names are there, each with its end.
 * @param {string} file
 * @param {string[]} names
 */
export function lateImportsOf(file, names) {
  const bytes = readFileSync(file);
  return names.filter((name) => bytes.includes(`\0${name}\0`, 0, 'latin1'));
}
