// SPDX-License-Identifier: MIT
// @ts-check
// Builds the .NET client of the tests and the benchmark, for Windows x64 and self-contained.

import { join } from 'node:path';
import { root } from '../clone.mjs';
import { dotnet, requireDotnet } from '../setup/dotnet.mjs';
import { inputs } from './files.mjs';

const source = 'test/dotnet/client';
const folder = join(root, 'build', 'dotnet');

/** @type {import('../setup/step.mjs').Step} */
export const dotnetClient = {
  what: 'Building the .NET client …',
  folder,
  files: inputs(source, 'tools/build/dotnet.mjs'),
  make: () => {
    requireDotnet('The .NET client');
    const intermediate = join(root, 'build', 'dotnet-obj');
    dotnet([
      ...['publish', join(root, source), '--configuration', 'Release', '--output', folder],
      `-p:BaseIntermediateOutputPath=${intermediate}/`,
      `-p:MSBuildProjectExtensionsPath=${intermediate}/`,
      `-p:BaseOutputPath=${join(intermediate, 'bin')}/`,
      '-p:UseSharedCompilation=false',
    ]);
  },
};
