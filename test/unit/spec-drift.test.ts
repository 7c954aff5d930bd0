// SPDX-License-Identifier: MIT
// The generated files agree with native/spec/, and the check that proves it can fail.

import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  cpSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { root } from './spec-facts.js';

const generated = ['native/generated', 'lib/generated', 'docs/errors.md'];

let copy = '';

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'dosvc-spec-'));
  for (const path of ['native/spec', 'test/facts/facts.json', ...generated]) {
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
});

afterEach(() => {
  rmSync(copy, { recursive: true });
});

/** Output goes through a file: Node has no pipes for stdout under Wine. */
function generate(...args: string[]) {
  const path = join(copy, 'output.txt');
  const file = openSync(path, 'w');
  const command = [join(root, 'tools/generate.mjs'), '--root', copy, ...args];
  const { status } = spawnSync(process.execPath, command, { stdio: ['ignore', file, file] });
  closeSync(file);
  return { status, output: readFileSync(path, 'utf8') };
}

function replaceIn(path: string, from: string, to: string) {
  const file = join(copy, path);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(from);
  writeFileSync(file, text.replace(from, to));
}

describe('node tools/generate.mjs', () => {
  it('--check says in one line that the repository is up to date', () => {
    const { status, output } = generate('--check');
    expect(output).toBe('9 generated files agree with native/spec\n');
    expect(status).toBe(0);
  });

  it('--check names a generated file that was edited by hand, and no other', () => {
    appendFileSync(join(copy, 'native/generated/hresults.h'), '\n');
    const { status, output } = generate('--check');
    expect(output).toBe('native/generated/hresults.h differs from native/spec: npm run generate\n');
    expect(status).toBe(1);
  });

  it('--check names a generated file that is missing', () => {
    rmSync(join(copy, 'docs/errors.md'));
    const { status, output } = generate('--check');
    expect(output).toContain('docs/errors.md');
    expect(status).toBe(1);
  });

  it('carries a change to the spec into every language', () => {
    replaceIn('native/spec/enums.json', '"BG_JOB_STATE_QUEUED"', '"BG_JOB_STATE_WAITING"');
    replaceIn('native/spec/enums.json', '"literal": "queued"', '"literal": "waiting"');
    const { status, output } = generate('--check');
    expect(status).toBe(1);
    expect(output.split('\n').filter(Boolean)).toHaveLength(2);
    expect(generate().status).toBe(0);
    expect(generate('--check').status).toBe(0);
    const header = readFileSync(join(copy, 'native/generated/enums.h'), 'utf8');
    expect(header).toContain('BG_JOB_STATE_WAITING = 0,');
    expect(readFileSync(join(copy, 'lib/generated/enums.ts'), 'utf8')).toContain('waiting: 0,');
  });

  it('ranks DO_E_ before BG_E_, COM, Windows, and the ids of event log entries', () => {
    const shuffled = '"ERROR_NOT_FOUND", "BITS_MC_X", "BG_E_X", "E_NOT_SET", "DO_E_X"';
    replaceIn('native/spec/hresults/win32.json', '"E_NOT_SET", "ERROR_NOT_FOUND"', shuffled);
    expect(generate().status).toBe(0);
    expect(readFileSync(join(copy, 'lib/generated/hresults.ts'), 'utf8')).toContain(
      '80070490|DO_E_X BG_E_X E_NOT_SET ERROR_NOT_FOUND BITS_MC_X|',
    );
  });

  it('refuses a spec that has a value twice', () => {
    replaceIn('native/spec/hresults/bits.json', '"0x80200002"', '"0x80200001"');
    const { status, output } = generate();
    expect(status).not.toBe(0);
    expect(output).toContain('the HRESULT 0x80200001 is listed twice');
  });

  it('refuses a trait that no file describes', () => {
    replaceIn('native/spec/hresults/com.json', '["unsent"]', '["unsend"]');
    const { status, output } = generate();
    expect(status).not.toBe(0);
    expect(output).toContain('no such trait: unsend');
  });

  it.each([
    ['hresults/bits.json', '"retryHelps": false', '"later": false', '0x00200006 lacks retryHelps'],
    [
      'hresults/http.json',
      '"reason": "Continue"',
      '"title": "Continue"',
      '0x80190064 lacks meaning',
    ],
    ['own-codes.json', '"advice"', '"remedy"', 'ERR_DOSVC_UNSUPPORTED_PLATFORM lacks advice'],
    ['hresults/com.json', '"blame": "caller"', '"blame": "client"', 'no such blame: client'],
  ])('refuses a code of %s of which something is not said', (file, from, to, refusal) => {
    replaceIn(`native/spec/${file}`, from, to);
    const { status, output } = generate();
    expect(status).not.toBe(0);
    expect(output).toContain(refusal);
  });

  it('names the command that generates it in the first line of every file', () => {
    const files = [
      'native/generated/constants.h',
      'native/generated/enums.h',
      'native/generated/hresults.h',
      'lib/generated/constants.ts',
      'lib/generated/enums.ts',
      'lib/generated/hresults.ts',
      'lib/generated/own-codes.ts',
      'docs/errors.md',
    ];
    for (const file of files) {
      const [first] = readFileSync(join(copy, file), 'utf8').split('\n');
      expect(first, file).toContain('Generated by `node tools/generate.mjs` from native/spec/');
    }
  });
});
