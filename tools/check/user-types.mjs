// SPDX-License-Identifier: MIT
// @ts-check
// Compiles a user's program against the installed package: as CommonJS and as an ES module, with several
// compilers, and without `skipLibCheck`, so that the declarations themselves are checked.

import { copyFileSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../clone.mjs';
import { allOf, runBeside, ToolError } from '../command.mjs';

const program = join(root, 'test', 'package', 'types', 'whole-api.ts');

/** Compilers with the types of Node that their users have; all are in node_modules. */
const users = [
  // The newest types of Node 20 that support it: `typeScriptVersion` in their manifest.
  { compiler: 'typescript-5.2', nodeTypes: 'node-types-20' },
  { compiler: 'typescript', nodeTypes: '@types/node' },
  { compiler: 'typescript-7', nodeTypes: 'node-types-26' },
];
/** @type {{ module: string, moduleResolution: string, files: string[], compilers?: string[], more?: object }[]} */
const modules = [
  { module: 'node16', moduleResolution: 'node16', files: ['user.cts', 'user.mts'] },
  { module: 'nodenext', moduleResolution: 'nodenext', files: ['user.cts', 'user.mts'] },
  { module: 'esnext', moduleResolution: 'bundler', files: ['user.ts'] },
  // This resolution reads no `exports`, but `typesVersions`. TypeScript 7 does not have it any more.
  {
    ...{ module: 'commonjs', moduleResolution: 'node10', files: ['user.ts'] },
    ...{ compilers: ['typescript-5.2'] },
  },
  {
    ...{ module: 'commonjs', moduleResolution: 'node10', files: ['user.ts'] },
    ...{ compilers: ['typescript'], more: { ignoreDeprecations: '6.0' } },
  },
];

/**
 * Compiles the program in a folder in which the package is installed.
 * @param {string} folder
 */
export async function compileUsersPrograms(folder) {
  checkThatAllIsUsed(folder);
  await allOf(users.map((user) => compileAll(folder, user)));
}

/** @param {string} folder */
function checkThatAllIsUsed(folder) {
  const dist = join(folder, 'node_modules', 'dosvc', 'dist');
  const entries = ['index.d.ts', join('electron-updater', 'index.d.ts')];
  const exports = entries.map((entry) => readFileSync(join(dist, entry), 'utf8')).join('\n');
  const lists = exports.matchAll(/^export (?:type )?\{([^}]*)\}/gm);
  const names = Array.from(lists, ([, list]) => list?.match(/\b(?!type\b)\w+/g) ?? []).flat();
  const text = readFileSync(program, 'utf8');
  const unused = names.filter((name) => !new RegExp(`^  (type )?${name},$`, 'm').test(text));
  if (names.length > 0 && unused.length === 0) return;
  throw new ToolError(`${program} does not import: ${unused.join(', ') || 'anything'}`);
}

/**
 * One after another, because each uses a whole processor.
 * @param {string} folder
 * @param {{ compiler: string, nodeTypes: string }} user
 */
async function compileAll(folder, { compiler, nodeTypes }) {
  const own = join(folder, compiler);
  mkdirSync(join(own, 'node_modules', '@types'), { recursive: true });
  // A junction, which Windows allows without privileges.
  const types = join(own, 'node_modules', '@types', 'node');
  symlinkSync(join(root, 'node_modules', nodeTypes), types, 'junction');
  for (const name of ['user.ts', 'user.cts', 'user.mts']) copyFileSync(program, join(own, name));
  const tsc = join(root, 'node_modules', compiler, 'bin', 'tsc');
  for (const { module, moduleResolution, files, compilers = [compiler], more } of modules) {
    if (!compilers.includes(compiler)) continue;
    const config = join(own, `${moduleResolution}.json`);
    const compilerOptions = {
      ...{ module, moduleResolution, target: 'es2022', types: ['node'], noEmit: true },
      ...{ strict: true, exactOptionalPropertyTypes: true, noUnusedLocals: true },
      // The compiler's own declarations need no check, and take most of the time.
      ...{ skipLibCheck: false, skipDefaultLibCheck: true, ...more },
    };
    writeFileSync(config, JSON.stringify({ compilerOptions, files }));
    await runBeside(process.execPath, [tsc, '-p', config], { cwd: own });
  }
}
