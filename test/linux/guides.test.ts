// SPDX-License-Identifier: MIT
// The pages of documentation: each link leads to a file and a heading that exist, and each code on the
// page of symptoms is known under the name that the page gives it.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { explain } from 'dosvc';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const guides = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
const pages = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'test/stand-in/README.md'],
  'examples/electron/README.md',
  ...guides.map((name) => `docs/${name}`),
];

/** A page without its blocks of code. */
function proseOf(page: string): string {
  return readFileSync(join(root, page), 'utf8').replace(/^```.*?^```$/gms, '');
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): string[] {
  return Array.from(proseOf(page).matchAll(/^#+ (.+)$/gm), ([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, '')
      .replaceAll(' ', '-'),
  );
}

it('links to files and headings that exist', () => {
  const links = pages.flatMap((page) =>
    Array.from(proseOf(page).matchAll(/\]\((?!\w+:)([^)#\s]*)#?([^)\s]*)\)/g), (match) => {
      const [, path = '', anchor = ''] = match;
      return { page, target: path === '' ? page : join(dirname(page), path), anchor };
    }),
  );
  expect(links.length).toBeGreaterThan(10);
  const broken = links.filter(({ target, anchor }) => {
    if (!existsSync(join(root, target))) return true;
    return anchor !== '' && !anchorsOf(target).includes(anchor);
  });
  expect(broken).toEqual([]);
});

it('names each code on the page of symptoms as errors.md does', () => {
  const prose = proseOf('docs/troubleshooting.md').replaceAll('\n', ' ');
  const codes = [...prose.matchAll(/`(0x[0-9A-F]{8})`(?: \(`(\w+)`)?/g)];
  expect(codes.length).toBeGreaterThan(40);
  const unknown = codes.filter(([, code, name]) => {
    const found = explain(code);
    if (found?.advice == null) return true;
    return name !== undefined && !found.names.includes(name);
  });
  expect(unknown.map(([text]) => text)).toEqual([]);

  const own = [...prose.matchAll(/`(ERR_DOSVC_\w+)`/g)].map(([, code]) => code);
  expect(own.length).toBeGreaterThan(5);
  expect(own.filter((code) => explain(code)?.code !== code)).toEqual([]);
});
