// SPDX-License-Identifier: MIT
// Verifies the binaries of a release: node .github/verify-binaries.mjs FOLDER
// FOLDER contains win32-x64, win32-ia32 and win32-arm64. Each binary must exist, be built for its
// machine, be hardened, have the runtime libraries linked in, and delay-load node.exe.

import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { PeImage } from '../tools/pe-image.mjs';

const architectures = {
  x64: { machine: 0x8664, wide: true, cet: true },
  ia32: { machine: 0x14c, wide: false, cet: false },
  arm64: { machine: 0xaa64, wide: true, cet: false },
};

function faultsOf(file, { machine, wide, cet }) {
  if (!existsSync(file)) return ['is missing'];
  const image = new PeImage(file);
  const runtime = [...image.imports.keys()].filter((name) =>
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
    'node.exe is not a delay import': !image.lateLibraries.includes('node.exe'),
  };
  return Object.keys(faults).filter((fault) => faults[fault]);
}

const [folder = 'prebuilds'] = process.argv.slice(2);
for (const [name, expected] of Object.entries(architectures)) {
  const file = join(folder, `win32-${name}`, 'dosvc.node');
  const faults = faultsOf(file, expected);
  if (faults.length > 0) process.exitCode = 1;
  console.log(`${file}: ${faults.join('; ') || 'passed'}`);
}
