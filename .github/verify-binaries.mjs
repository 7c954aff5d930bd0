// SPDX-License-Identifier: MIT
// Verifies the binaries of a release: node .github/verify-binaries.mjs FOLDER
// FOLDER holds win32-x64, win32-ia32 and win32-arm64. Each binary has to be there, for its machine,
// hardened, with the runtime libraries linked in, and bound to its host by the delay-load hook.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const architectures = {
  x64: { machine: 0x8664, wide: true, cet: true },
  ia32: { machine: 0x14c, wide: false, cet: false },
  arm64: { machine: 0xaa64, wide: true, cet: false },
};

// Offsets of the fields are those of the PE format's specification.
class Image {
  constructor(bytes) {
    this.bytes = bytes;
    const header = this.u32(0x3c) + 4;
    this.machine = this.u16(header);
    this.optional = header + 20;
    this.wide = this.u16(this.optional) === 0x20b;
    this.characteristics = this.u16(this.optional + 70);
    const sections = this.optional + this.u16(header + 16);
    this.sections = Array.from({ length: this.u16(header + 2) }, (_, n) => sections + n * 40);
  }

  u16(at) {
    return this.bytes.readUInt16LE(at);
  }

  u32(at) {
    return this.bytes.readUInt32LE(at);
  }

  // Where a virtual address lies in the file.
  locate(address) {
    const section = this.sections.find((at) => {
      const start = this.u32(at + 12);
      return address >= start && address < start + Math.max(this.u32(at + 8), this.u32(at + 16));
    });
    return address - this.u32(section + 12) + this.u32(section + 20);
  }

  directory(index) {
    const at = this.optional + (this.wide ? 112 : 96) + index * 8;
    const [address, size] = [this.u32(at), this.u32(at + 4)];
    return address === 0 ? null : { at: this.locate(address), size };
  }

  // The names of the libraries in the import table (1) or the delay-import table (13).
  libraries(index, entrySize, nameOffset) {
    const names = [];
    const table = this.directory(index);
    for (let at = table?.at ?? 0; table && this.u32(at + nameOffset) !== 0; at += entrySize) {
      const name = this.locate(this.u32(at + nameOffset));
      names.push(this.bytes.toString('latin1', name, this.bytes.indexOf(0, name)).toLowerCase());
    }
    return names;
  }

  // The extended characteristics are an entry of the debug directory, of type 20.
  get extended() {
    const { at, size } = this.directory(6) ?? { at: 0, size: 0 };
    for (let entry = at; entry < at + size; entry += 28) {
      if (this.u32(entry + 12) === 20) return this.u32(this.u32(entry + 24));
    }
    return 0;
  }

  get dependentLoadFlags() {
    const config = this.directory(10);
    return config && this.u16(config.at + (this.wide ? 78 : 54));
  }
}

function faultsOf(file, { machine, wide, cet }) {
  if (!existsSync(file)) return ['is missing'];
  const image = new Image(readFileSync(file));
  const imports = image.libraries(1, 20, 12);
  const runtime = imports.filter((name) =>
    /^(vcruntime|msvcp|msvcr|ucrtbase|api-ms-win-crt)/.test(name),
  );
  const faults = {
    'is for another machine': image.machine !== machine,
    'no dynamic base': !(image.characteristics & 0x40),
    'no high-entropy addresses': wide && !(image.characteristics & 0x20),
    'not NX compatible': !(image.characteristics & 0x100),
    'no Control Flow Guard': !(image.characteristics & 0x4000),
    'not CET compatible': cet && !(image.extended & 1),
    'looks for libraries outside System32': image.dependentLoadFlags !== 0x800,
    [`needs ${runtime.join(', ')}`]: runtime.length > 0,
    'node.exe is not a delay import': !image.libraries(13, 32, 4).includes('node.exe'),
  };
  return Object.keys(faults).filter((fault) => faults[fault]);
}

const [folder = 'prebuilds'] = process.argv.slice(2);
for (const [name, expected] of Object.entries(architectures)) {
  const file = join(folder, `win32-${name}`, 'dosvc.node');
  const faults = faultsOf(file, expected);
  if (faults.length > 0) process.exitCode = 1;
  console.log(`${file}: ${faults.join('; ') || 'well'}`);
}
