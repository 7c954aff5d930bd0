// SPDX-License-Identifier: MIT
// The tables of every method say where a method is in the public API only if its comment and its code
// agree, and on which ground it was proved only if a test that passed has seen it succeed there.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Places } from '../../tools/generate/rows/places.mjs';
import { proofFaults, withRecent, type Proofs } from '../../tools/generate/rows/proofs.mjs';
import { rowFaults, withRows } from '../../tools/generate/rows/rows-tables.mjs';
import { readRows, type Row } from '../../tools/generate/rows/rows.mjs';
import { provedIn } from '../../tools/test/proofs.mjs';
import { clientRows } from '../facts/facts.js';
import { plantedLibrary } from './planted-library.js';

const root = join(import.meta.dirname, '../..');

function row(address: string, called = true): Row {
  const [of = ''] = address.split('::');
  return { address, interface: of, called, since: 'Windows 99', page: 'docs/bits.md' };
}

const pause = row('IThing::Pause');
const remote = `
  export const remote = { call: (row: string) => row };
`;

/** The places of rows in a library whose public API is one file. */
function placesIn(index: string, ...rows: Row[]): Places {
  const text = `import { remote } from './remote.js';\n${index}`;
  const sources = { 'index.ts': text, 'remote.ts': remote };
  const interfaces = rows.map((one) => one.interface);
  return new Places(plantedLibrary(sources, interfaces), rows);
}

const see = `
  /** @see https://learn.microsoft.com/windows/win32/api/things/nf-things-ithing-pause */
`;

describe('the place of a method', () => {
  it('is the public method whose comment names it and that calls it', () => {
    const places = placesIn(
      `export class BigThing { ${see} pause() { return remote.call('IThing::Pause'); } }`,
      pause,
    );
    expect(places.of(pause)).toEqual([{ shown: 'thing.pause()', anchor: 'bigthingpause' }]);
    expect(places.faults).toEqual([]);
  });

  it.each([
    ['a function', `const row = () => 'IThing::Pause' as const;`, 'remote.call(row())'],
    [
      'a constant',
      `const calls = [{ row: 'IThing::Pause' }];`,
      'calls.map((one) => remote.call(one.row))',
    ],
    [
      'a template',
      `type Of = 'IThing' | 'IOther'; const call = (row: \`\${Of}::Pause\`) => row; const of = 'IThing' as Of;`,
      'call(`${of}::Pause`)',
    ],
    [
      'an object that it makes',
      `class Inner { readonly row = 'IThing::Pause'; }`,
      'remote.call(new Inner().row)',
    ],
  ])('may be called through %s', (_, before, body) => {
    const index = `${before} export class BigThing { ${see} pause() { return ${body}; } }`;
    expect(placesIn(index, pause).faults).toEqual([]);
  });

  it.each([
    ['calls another', `remote.call('IThing::Resume')`],
    ['only compares it', `remote.call('IThing::Resume') === 'IThing::Pause'`],
    ['only types it', `remote.call('IThing::Resume') as 'IThing::Pause'`],
  ])('is not a method that %s', (_, body) => {
    const index = `export class BigThing { ${see} pause() { return ${body}; } }`;
    expect(placesIn(index, pause).faults).toEqual([
      'thing.pause(): its comment names IThing::Pause, which it does not call',
    ]);
  });

  it('is the event or the function that a callback of the service becomes', () => {
    const called = row('IThing::Pause', false);
    const places = placesIn(
      `export interface ThingEventMap { ${see} paused: [] }
       export interface Functions { ${see} pause?(): void }
       export class BigThing { hear(functions: Functions) { return functions; } }`,
      called,
    );
    expect(places.of(called).map(({ shown }) => shown)).toEqual([
      "thing.on('paused')",
      'thing.hear({ pause })',
    ]);
  });

  it('is as(), or an object that as() returns, if its type has the method, and nothing otherwise', () => {
    const other = row('IOther::Go');
    const [hidden, part] = [row('IThing::Hide'), row('IPart::Move')];
    const places = placesIn(
      `interface Have { IThing: { pause(): void }; IOther: { go(): void }; IPart: { move(): void } }
       export type Methods<I extends string> = I extends keyof Have ? Have[I] : never;
       export interface ThingPart extends Methods<'IPart'> {}
       export class BigThing {
         as<I extends 'IThing'>(name: I): Methods<I> { return name as never; }
       }`,
      ...[pause, hidden, other, part],
    );
    expect(places.of(pause)).toEqual([
      { shown: "thing.as('IThing').pause()", anchor: 'bigthingas' },
    ]);
    expect(places.of(part)).toEqual([{ shown: 'part.move()', anchor: 'thingpart' }]);
    expect(places.of(hidden)).toEqual([]);
    expect(places.of(other)).toEqual([]);
    expect(rowFaults([pause, other], places, { [pause.address]: { recorder: 'a test' } })).toEqual([
      'IOther::Go: the public API does not have it',
      'IOther::Go: no test has proved it: npm test',
    ]);
  });
});

describe('the rows', () => {
  it('are all that a client calls, what a service calls, and the Write of a stream', () => {
    const rows = readRows(root);
    const called = rows.filter((one) => one.called).map(({ address }) => address);
    expect(called.sort()).toEqual(clientRows.map(({ address }) => address).sort());
    expect(rows.filter((one) => !one.called).map(({ address }) => address)).toEqual([
      'IBackgroundCopyCallback::JobTransferred',
      'IBackgroundCopyCallback::JobError',
      'IBackgroundCopyCallback::JobModification',
      'IBackgroundCopyCallback2::FileTransferred',
      'IBackgroundCopyCallback3::FileRangesTransferred',
      'IBackgroundCopyServerCertificateValidationCallback::ValidateServerCertificate',
      'IDODownloadStatusCallback::OnStatusChange',
      'ISequentialStream::Write',
    ]);
  });

  it('are listed with what they lack', () => {
    const places = placesIn('export const nothing = 0;', pause);
    const begin =
      '<!-- Every method, written by `npm run generate` from the sources and the tests: -->';
    const page = `# Things\n\n${begin}\n\n<!-- The end of every method. -->\n`;
    const lines = withRows('docs/bits.md', page, [pause], places, {}).split('\n');
    expect(lines.find((line) => line.includes('IThing::Pause'))?.split(/ *\| */)).toEqual([
      '',
      '`IThing::Pause`',
      '–',
      'Windows 99',
      'not run',
      '',
    ]);
  });
});

describe('a proof', () => {
  const earlier: Proofs = {
    'IThing::Pause': { recorder: 'test/b.test.ts', 'stand-in': 'test/b.test.ts' },
    'IThing::Resume': { recorder: 'test/b.test.ts' },
  };
  const proofs: Proofs = { 'IThing::Pause': { recorder: 'test/a.test.ts' } };

  it('of a run with filters is added to the others', () => {
    expect(withRecent(earlier, { grounds: [], proofs })).toEqual({
      'IThing::Pause': { recorder: 'test/a.test.ts', 'stand-in': 'test/b.test.ts' },
      'IThing::Resume': { recorder: 'test/b.test.ts' },
    });
  });

  it('of a whole run replaces the others on its grounds', () => {
    expect(withRecent(earlier, { grounds: ['recorder'], proofs })).toEqual({
      'IThing::Pause': { recorder: 'test/a.test.ts', 'stand-in': 'test/b.test.ts' },
    });
  });

  it('is of a test that passed', () => {
    const folder = mkdtempSync(join(tmpdir(), 'dosvc-results-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    const meta = (...rows: string[]) => ({ rows: { recorder: rows } });
    const file = join(folder, 'results.json');
    const testResults = [
      {
        name: 'Z:\\a\\test\\b.test.ts',
        assertionResults: [
          { status: 'passed', meta: meta('IThing::Pause') },
          { status: 'failed', meta: meta('IThing::Resume') },
          { status: 'passed', meta: {} },
        ],
      },
      {
        name: '/a/test/a.test.ts',
        assertionResults: [{ status: 'passed', meta: meta('IThing::Pause') }],
      },
    ];
    writeFileSync(file, JSON.stringify({ testResults }));
    expect(provedIn([file, join(folder, 'missing.json')])).toEqual(proofs);
  });

  it('names a row, a ground and a test that there are', () => {
    const test = 'test/linux/every-method.test.ts';
    const wrong: Proofs = {
      'IThing::Pause': { recorder: test, somewhere: test, 'stand-in': 'test/gone.test.ts' },
      'INothing::Go': { recorder: test },
    };
    expect(proofFaults(root, wrong, [pause])).toEqual([
      'docs/proofs.json: IThing::Pause: there is no ground somewhere',
      'docs/proofs.json: IThing::Pause: there is no test/gone.test.ts',
      'docs/proofs.json: there is no INothing::Go',
    ]);
  });
});
