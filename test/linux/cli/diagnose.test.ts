// SPDX-License-Identifier: MIT
// dosvc diagnose: the page, and the report as an object.

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HttpServer } from '../../http/server.js';
import { breaksEarly } from '../../terminal/breaks-early.js';
import { inTerminal } from '../../terminal/in-terminal.js';
import { objectsIn } from '../../terminal/objects.js';
import { dosvc, program } from '../../terminal/program.js';

let server: HttpServer;

beforeAll(async () => {
  server = await HttpServer.start();
});
afterAll(() => server.stop());

it('reports what is there, and is done with 0', async () => {
  const { status, stdout, stderr } = await dosvc(['diagnose', '--start', '--json']);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(objectsIn('diagnose', stdout)).toMatchObject([
    { kind: 'report', severity: 'error', url: null, findings: [{ code: 'unsupported-platform' }] },
  ]);
});

it('asks a server, and shows nothing secret of the URL', async () => {
  const { url } = server.file('unsized');
  const { status, stdout } = await dosvc(['diagnose', `${url}?secret=1`]);
  expect(status).toBe(0);
  expect(stdout).toContain(url);
  expect(stdout).not.toContain('secret');
});

describe.each([40, 80, 200])('in a terminal of %i columns', (columns) => {
  it('prints lines that fit, and that are full', async () => {
    const { url } = server.file('whole');
    const { screen, ended } = inTerminal([program, 'diagnose', url], { columns, rows: 200 });
    expect(await ended).toBe(0);
    const { lines } = screen;
    // A URL may be longer than a line.
    const usual = lines.filter((line) => !line.includes('http'));
    expect(usual.every((line) => line.length < columns)).toBe(true);
    expect(usual.length).toBeGreaterThan(3);
    const width = Math.min(columns, 100) - 1;
    expect(lines.filter((line, at) => breaksEarly(line, lines[at + 1], width))).toEqual([]);
  });
});
