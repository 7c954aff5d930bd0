// SPDX-License-Identifier: MIT
// docs/api.md and typings/api.md have exactly the public API, as it is declared.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commentFaults } from '../../tools/generate/api/comments.mjs';
import { apiPage } from '../../tools/generate/api/page.mjs';
import { apiReport } from '../../tools/generate/api/report.mjs';
import { GeneratedCopy } from './generated-copy.js';
import { plantedConfig, plantedLibrary } from './planted-library.js';

const things = `
  /** Which way. */
  type Way = 'up' | 'down';
  /** What moves. */
  class Base {
    /** Goes {@link Thing.stop | on}. */
    go(way: Way): void {}
    /** @internal */
    hidden(): void {}
    protected guarded(): void {}
    private own(): void {}
    #secret(): void {}
  }
  /** Options of {@link Thing.make}. */
  export interface Options {
    /** In milliseconds. */
    wait?: number | undefined;
  }
  /** A thing, see {@link Options}. */
  export class Thing extends Base {
    /** Its name. */
    readonly name = 'thing';
    /**
     * Makes one.
     *
     * @param options How.
     * @returns A thing.
     * @see https://learn.microsoft.com/windows/win32/api/things/nf-things-ithing-make
     */
    static make(options: Options = {}): Thing { return new Thing(); }
    /** Stops. */
    stop(): void {}
  }
  /** Where it stands. */
  export type State = keyof typeof states;
  const states = {
    /** It goes. */
    going: 0,
    /** It does not. */
    'at-rest': 1,
  };
`;
const library = () =>
  plantedLibrary({ 'index.ts': `export * from './things.js';`, 'things.ts': things });

describe('docs/api.md', () => {
  const page = () => apiPage(library(), ['IThing::Make']);

  it('has a method with its signature, parameters, result, types and page', () => {
    expect(page()).toContain(`#### Thing.make()

\`\`\`ts
static make(options?: Options): Thing;
\`\`\`

Makes one.

- \`options\`: How.
- Returns: A thing.
- Types: [\`Options\`](#options)

See [\`IThing::Make\`](https://learn.microsoft.com/windows/win32/api/things/nf-things-ithing-make).
`);
  });

  it('has an inherited method with the class, and links what its comment names', () => {
    expect(page()).toContain(`#### Thing.go()

\`\`\`ts
go(way: Way): void;
\`\`\`

Goes [\`on\`](#thingstop).
`);
  });

  it('has properties and values in tables', () => {
    const lines = page().split('\n');
    expect(lines).toContain("| `name` | `'thing'` | Its name. |");
    expect(lines).toContain('| `wait?` | `number` | In milliseconds. |');
    expect(lines).toContain("| `'at-rest'` | It does not. |");
  });

  it('has nothing that is not public', () => {
    expect(page()).not.toMatch(/hidden|guarded|own\(|secret|Base|states/);
  });

  it('links only to headings that it has', () => {
    const text = page();
    const anchors = Array.from(text.matchAll(/^#+ (.*)$/gm), ([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\w\- ]/g, '')
        .replaceAll(' ', '-'),
    );
    const links = Array.from(text.matchAll(/\]\(#([^)]+)\)/g), ([, anchor]) => anchor);
    expect(links.filter((anchor) => !anchors.includes(anchor ?? ''))).toEqual([]);
    expect(new Set(anchors).size).toBe(anchors.length);
  });
});

describe('typings/api.md', () => {
  it('has each declaration with inherited members, and the types that these name', () => {
    const report = apiReport(library());
    expect(report).toContain(`class Thing {
  go(way: Way): void;
  readonly name: 'thing';
  static make(options?: Options): Thing;
  stop(): void;
}`);
    expect(report).toContain(`interface Options {
  wait?: number | undefined;
}`);
    expect(report).toContain(`## Named by these, but not exported

\`\`\`ts
type Way =
  | 'up'
  | 'down';
\`\`\``);
    expect(report).not.toMatch(/hidden|guarded|own\(|secret/);
  });
});

it('a name or member without a comment is found', () => {
  const index = `
    /** A thing. */
    export class Thing {
      silent(): void {}
      /** Says something. */
      telling(): void {}
    }
    export const KEEP = 1;
  `;
  expect(commentFaults(plantedLibrary({ 'index.ts': index }))).toEqual([
    'Thing.silent has no comment',
    'KEEP has no comment',
    'nothing has no comment',
  ]);
});

it('npm run check:spec fails if the public API or its documentation changed', () => {
  const copy = new GeneratedCopy();
  onTestFinished(() => {
    copy.remove();
  });
  const facts = readFileSync(join(import.meta.dirname, '../facts/facts.json'), 'utf8');
  copy.write('test/facts/facts.json', facts);
  copy.write('tsconfig.build.json', plantedConfig);
  copy.write('lib/index.ts', 'export const KEEP = 1;');
  copy.write('lib/electron-updater/index.ts', 'export const nothing = 0;');
  const { status, said } = copy.generate('--check');
  expect(status).toBe(1);
  expect(said.split('\n')).toEqual(
    expect.arrayContaining([
      'docs/bits.md differs from the sources and docs/proofs.json: npm run generate',
      'docs/api.md differs from the comments in lib/: npm run generate',
      'typings/api.md differs from the declarations in lib/: npm run generate',
      'IBackgroundCopyJob::Suspend: the public API does not have it',
      'KEEP has no comment',
    ]),
  );
});
