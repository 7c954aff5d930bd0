// SPDX-License-Identifier: MIT
// The pages of documentation: each link leads to a file and a heading that exist.

import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const guides = readdirSync(join(root, 'docs')).filter((name) => name.endsWith('.md'));
const pages = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'test/stand-in/README.md'],
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
