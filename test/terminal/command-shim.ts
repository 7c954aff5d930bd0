// SPDX-License-Identifier: MIT
// `dosvc.cmd`, as npm 6 writes it. Newer versions of npm write `goto #_undefined_#` into it, with which the
// cmd.exe of Wine 8 ends the batch file at once.

import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const ofThisClone = join(import.meta.dirname, '../../dist/cli.js');

/** Writes it into a folder, for a program, which may begin with `%dp0%`, that folder. Returns the environment in which it finds this Node, and the shell it. */
export function writeShim(folder: string, program = ofThisClone): { PATH: string } {
  const lines = [
    '@ECHO off',
    'SETLOCAL',
    'CALL :find_dp0',
    '',
    'IF EXIST "%dp0%\\node.exe" (',
    '  SET "_prog=%dp0%\\node.exe"',
    ') ELSE (',
    '  SET "_prog=node"',
    '  SET PATHEXT=%PATHEXT:;.JS;=;%',
    ')',
    '',
    `"%_prog%"  "${program}" %*`,
    'ENDLOCAL',
    'EXIT /b %errorlevel%',
    ':find_dp0',
    'SET dp0=%~dp0',
    'EXIT /b',
    '',
  ];
  writeFileSync(join(folder, 'dosvc.cmd'), lines.join('\r\n'));
  return { PATH: [folder, dirname(process.execPath), process.env.PATH ?? ''].join(';') };
}
