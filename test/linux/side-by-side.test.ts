// SPDX-License-Identifier: MIT
// The suites of `npm test` run side by side: their output is in order, and all of them can be
// ended.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startOnHost } from '../../tools/test/host.mjs';
import { startSideBySide } from '../../tools/test/side-by-side.mjs';
import { frequencies, Tally } from '../../tools/test/tally.mjs';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dosvc-side-by-side-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** A part whose output and end the test controls. */
function part(name: string) {
  let say: (data: Buffer) => void = () => undefined;
  let finish: (status: number) => void = () => undefined;
  const made = {
    name,
    endedBy: null as NodeJS.Signals | null,
    start: (onOutput: (data: Buffer) => void) => {
      say = onOutput;
      const ended = new Promise<{ status: number; signal: null }>((resolve) => {
        finish = (status) => {
          resolve({ status, signal: null });
        };
      });
      return {
        ended,
        end: (signal: NodeJS.Signals) => {
          made.endedBy = signal;
          finish(128);
        },
      };
    },
    say: (text: string) => {
      say(Buffer.from(text));
    },
    finish: (status: number) => {
      finish(status);
    },
  };
  return made;
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('parts side by side', () => {
  it('are shown one after another, the first one while it runs', async () => {
    const [one, two] = [part('one'), part('two')];
    let shown = '';
    const { results } = startSideBySide([one, two], (data) => (shown += data.toString()));
    two.say('second ');
    one.say('first ');
    expect(shown).toBe('\n== one\nfirst ');
    two.finish(3);
    await turn();
    one.say('still first');
    one.finish(0);
    expect((await results).map(({ name, status }) => [name, status])).toEqual([
      ['one', 0],
      ['two', 3],
    ]);
    expect(shown).toBe('\n== one\nfirst still first\n== two\nsecond ');
  });

  it('run two at a time', async () => {
    const all = ['one', 'two', 'three', 'four'].map(part);
    const begun: string[] = [];
    const watched = all.map((made) => ({
      ...made,
      start: (onOutput: (data: Buffer) => void) => {
        begun.push(made.name);
        return made.start(onOutput);
      },
    }));
    const { results, end } = startSideBySide(watched, () => undefined, 2);
    expect(begun).toEqual(['one', 'two']);
    all[1]?.finish(0);
    await turn();
    expect(begun).toEqual(['one', 'two', 'three']);
    end('SIGINT');
    expect((await results).map(({ name, status }) => [name, status])).toEqual([
      ['one', 128],
      ['two', 0],
      ['three', 128],
    ]);
    expect(begun).toHaveLength(3);
  });

  it('end together', async () => {
    const all = ['one', 'two'].map(part);
    const { results, end } = startSideBySide(all, () => undefined);
    end('SIGINT');
    expect((await results).map(({ status }) => status)).toEqual([128, 128]);
    expect(all.map(({ endedBy }) => endedBy)).toEqual(['SIGINT', 'SIGINT']);
  });
});

describe('scripts of the host', () => {
  const script = (name: string, source: string) => {
    const file = join(folder, name);
    writeFileSync(file, source);
    return [file];
  };

  it('run one after another, up to the first that fails', async () => {
    let said = '';
    const { ended } = startOnHost(
      [
        script('one.cjs', `console.log('one')`),
        script('two.cjs', `console.error(process.env.GIVEN); process.exitCode = 7`),
        script('three.cjs', `console.log('three')`),
      ],
      { env: { GIVEN: 'two' }, onOutput: (data) => (said += data.toString()) },
    );
    expect(await ended).toEqual({ status: 7, signal: null });
    expect(said).toBe('one\ntwo\n');
  });

  it('may finish what must not be cut off before they end', async () => {
    const finished = join(folder, 'finished');
    const source = `
      process.on('SIGTERM', () => setTimeout(() => {
        require('node:fs').writeFileSync(${JSON.stringify(finished)}, '');
        process.exit();
      }, 200));
      console.log('ready');
      setInterval(() => {}, 1000);`;
    const run = startOnHost([script('one.cjs', source), script('two.cjs', '')], {
      onOutput: () => {
        run.end('SIGINT');
      },
    });
    expect(await run.ended).toEqual({ status: 130, signal: 'SIGINT' });
    expect(existsSync(finished)).toBe(true);
  });

  it('end with every process that they started', async () => {
    const pids = join(folder, 'pids');
    const { ended, end } = startOnHost(
      [
        script(
          'family.cjs',
          `const { spawn } = require('node:child_process');
           const { appendFileSync } = require('node:fs');
           appendFileSync(${JSON.stringify(pids)}, process.pid + ' ');
           if (process.argv[2] !== 'child')
             spawn(process.execPath, [__filename, 'child'], { detached: true, stdio: 'ignore' });
           setInterval(() => {}, 1000);`,
        ),
      ],
      { env: {}, onOutput: () => undefined },
    );
    const started = () => (existsSync(pids) ? readFileSync(pids, 'utf8').trim().split(' ') : []);
    await expect.poll(started, { timeout: 20_000 }).toHaveLength(2);
    end('SIGINT');
    expect(await ended).toEqual({ status: 130, signal: 'SIGINT' });
    const living = () => readdirSync('/proc').filter((pid) => started().includes(pid));
    await expect.poll(living, { timeout: 20_000 }).toEqual([]);
  });
});

describe('the tally', () => {
  const report = (name: string, tests: [fullName: string, status: string][]) => {
    const file = join(folder, `${name}.json`);
    const failed = tests.some(([, status]) => status === 'failed');
    const result = {
      name: `test/${name}.test.ts`,
      message: '',
      status: failed ? 'failed' : 'passed',
      assertionResults: tests.map(([fullName, status]) => ({
        fullName,
        status,
        failureMessages: status === 'failed' ? [`Error: the reason\n    at x (y.ts:1:1)`] : [],
      })),
    };
    const numPassedTests = tests.filter(([, status]) => status === 'passed').length;
    writeFileSync(file, JSON.stringify({ numPassedTests, testResults: [result] }));
    return { name, status: failed ? 1 : 0, seconds: 1, file };
  };

  it('counts suites, and says which tests failed and why', () => {
    const tally = new Tally(
      [
        report('well', [['a', 'passed']]),
        report('ill', [
          ['b', 'passed'],
          ['c', 'failed'],
        ]),
      ],
      false,
    );
    expect(tally.lines).toEqual([
      'well: 1 passed, 0 failed (1 s)',
      'ill: 1 passed, 1 failed (1 s)',
    ]);
    expect(tally.failed).toEqual(['ill: test/ill.test.ts: c\n    Error: the reason']);
    expect(tally.counts).toBe('2 passed, 1 failed');
  });

  it('counts a suite that wrote nothing, or ran nothing, as a failure', () => {
    const nothing = { name: 'gone', status: 1, seconds: 1, file: join(folder, 'none.json') };
    expect(new Tally([nothing], false).counts).toBe('0 passed, 2 failed');
    expect(new Tally([report('empty', [])], false).counts).toBe('0 passed, 1 failed');
  });

  it('leaves out a suite of which a filter selects no test', () => {
    const both = [report('empty', []), report('well', [['a', 'passed']])];
    expect(new Tally(both, true).lines).toEqual(['well: 1 passed, 0 failed (1 s)']);
    expect(new Tally([report('empty', [])], true).failed).toEqual(['There is no such test.']);
  });

  it('reports how often each test failed', () => {
    const run = (status: string) => new Tally([report('a', [['b', status]])], false);
    const often = frequencies([run('failed'), run('passed'), run('failed')]);
    expect(often).toEqual(['2 of 3: a: test/a.test.ts: b']);
    expect(frequencies([run('passed')])).toEqual([]);
  });
});
