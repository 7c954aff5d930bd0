// SPDX-License-Identifier: MIT
// @ts-check
// Reads a Windows binary from its file. The offsets are those of the PE format's specification.

import { readFileSync } from 'node:fs';

/** The directories, by their index. */
const directories = { imports: 1, debug: 6, loadConfiguration: 10, lateImports: 13 };

export class PeImage {
  #bytes;
  #optional;
  #sections;
  /** The number of the processor's architecture. */
  machine;
  /** Whether it is for 64 bits. */
  wide;
  /** DllCharacteristics. */
  characteristics;

  /** @param {string} file */
  constructor(file) {
    this.#bytes = readFileSync(file);
    const header = this.#u32(0x3c) + 4;
    this.#optional = header + 20;
    this.machine = this.#u16(header);
    this.wide = this.#u16(this.#optional) === 0x20b;
    this.characteristics = this.#u16(this.#optional + 70);
    const first = this.#optional + this.#u16(header + 16);
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

  /** The offset of a virtual address in the file. @param {number} address */
  #locate(address) {
    const section = this.#sections.find((at) => {
      const start = this.#u32(at + 12);
      return address >= start && address < start + Math.max(this.#u32(at + 8), this.#u32(at + 16));
    });
    if (section === undefined) throw new Error(`the address ${String(address)} is in no section`);
    return address - this.#u32(section + 12) + this.#u32(section + 20);
  }

  /** The text at a virtual address. @param {number} address */
  #text(address) {
    const at = this.#locate(address);
    return this.#bytes.toString('latin1', at, this.#bytes.indexOf(0, at));
  }

  /** @param {keyof typeof directories} name */
  #directory(name) {
    const at = this.#optional + (this.wide ? 112 : 96) + directories[name] * 8;
    const address = this.#u32(at);
    return address === 0 ? undefined : { at: this.#locate(address), size: this.#u32(at + 4) };
  }

  /**
   * The entries of a directory of imports: the offset of each, and its library.
   * @param {'imports' | 'lateImports'} name
   * @returns {{ at: number, library: string }[]}
   */
  #entries(name) {
    const [size, library] = name === 'imports' ? [20, 12] : [32, 4];
    const found = [];
    let at = this.#directory(name)?.at;
    for (; at !== undefined && this.#u32(at + library) !== 0; at += size) {
      found.push({ at, library: this.#text(this.#u32(at + library)).toLowerCase() });
    }
    return found;
  }

  /** The names in an import lookup table. @param {number} table */
  #names(table) {
    const size = this.wide ? 8 : 4;
    /** @type {string[]} */
    const names = [];
    for (let at = table; this.#u32(at) !== 0 || this.#u32(at + size - 4) !== 0; at += size) {
      const byOrdinal = this.#u32(at + size - 4) >>> 31 === 1;
      const entry = this.#u32(at);
      names.push(byOrdinal ? `#${String(entry & 0xffff)}` : this.#text(entry + 2));
    }
    return names;
  }

  /**
   * The functions that it imports when it is loaded, by the library that they come from.
   * @returns {Map<string, string[]>}
   */
  get imports() {
    const found = new Map();
    for (const { at, library } of this.#entries('imports')) {
      const names = this.#names(this.#locate(this.#u32(at) || this.#u32(at + 16)));
      // A library may be listed twice.
      found.set(library, [...(found.get(library) ?? []), ...names]);
    }
    return found;
  }

  /**
   * Its COFF symbols, which MSVC's linker leaves out: the number of the section, from 1, or -1 for an
   * absolute value; and the first four bytes at the symbol.
   * @returns {{ name: string, section: number, content: () => number }[]}
   */
  get symbols() {
    const header = this.#optional - 20;
    const table = this.#u32(header + 8);
    const strings = table + this.#u32(header + 12) * 18;
    const found = [];
    for (
      let at = table;
      table !== 0 && at < strings;
      at += 18 * (1 + this.#bytes.readUInt8(at + 17))
    ) {
      const long = this.#u32(at) === 0 ? strings + this.#u32(at + 4) : at;
      const end = this.#bytes.indexOf(0, long);
      const name = this.#bytes.toString('latin1', long, long === at ? Math.min(end, at + 8) : end);
      const section = this.#bytes.readInt16LE(at + 12);
      const value = this.#u32(at + 8);
      const content = () => this.#u32(this.#u32((this.#sections[section - 1] ?? 0) + 20) + value);
      found.push({ name, section, content });
    }
    return found;
  }

  /** The libraries in its directory of late imports, which mingw-w64 leaves empty. */
  get lateLibraries() {
    return this.#entries('lateImports').map(({ library }) => library);
  }

  /**
   * Which of these functions it imports late, with any compiler: the file has their names, each between
   * NUL characters.
   * @param {string[]} names
   */
  lateImportsAmong(names) {
    return names.filter((name) => this.#bytes.includes(`\0${name}\0`, 0, 'latin1'));
  }

  /** The extended characteristics: they are in the debug directory, in an entry of type 20. */
  get extended() {
    const { at, size } = this.#directory('debug') ?? { at: 0, size: 0 };
    for (let entry = at; entry < at + size; entry += 28) {
      if (this.#u32(entry + 12) === 20) return this.#u32(this.#u32(entry + 24));
    }
    return 0;
  }

  /** DependentLoadFlags, or undefined if there is no load configuration. */
  get dependentLoadFlags() {
    const found = this.#directory('loadConfiguration');
    return found && this.#u16(found.at + (this.wide ? 78 : 54));
  }
}
