// SPDX-License-Identifier: MIT
// What reaches stdout: text or JSON, never both.

import { PassThrough } from 'node:stream';
import { expect, it } from 'vitest';
import { Output } from '../../../lib/cli/output.js';

function printed(json: boolean, print: (output: Output) => void): string {
  const stream = new PassThrough();
  print(new Output(stream, json));
  return String(stream.read() ?? '');
}

const both = (output: Output) => {
  output.object({ name: 'Größe – 日本 😀\u007F\u2028', bytes: 5 });
  output.text('for', 'a person');
};

it('is text without --json', () => {
  expect(printed(false, both)).toBe('for\na person\n');
});

it('is JSON alone with --json, in ASCII, an object a line', () => {
  const line = printed(true, both);
  expect(line).toMatch(/^[ -~]+\n$/);
  expect(JSON.parse(line)).toEqual({ name: 'Größe – 日本 😀\u007F\u2028', bytes: 5 });
});

it('is as wide as usual on a terminal that does not say its size', () => {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 0, rows: 0 });
  const { columns, rows } = new Output(stream, false);
  expect([columns, rows]).toEqual([80, 24]);
});

it('has no colors in a file', () => {
  expect(
    printed(false, (output) => {
      output.text(output.styled('red', 'plain'));
    }),
  ).toBe('plain\n');
});
