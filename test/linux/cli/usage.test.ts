// SPDX-License-Identifier: MIT
// The command line of each command: what is wrong with it is named, beside the right line, and the help
// fits a screen.

import { version } from '../../../package.json';
import { describe, expect, it } from 'vitest';
import { commands } from '../../../lib/cli/commands.js';
import { inTerminal } from '../../terminal/in-terminal.js';
import { dosvc, inWorker, program } from '../../terminal/program.js';

const url = 'http://127.0.0.1:9/a';
const id = '11111111-2222-3333-4444-555555555555';
const names = commands.map(({ name }) => name);

it.each<[args: string[], says: string, line?: string]>([
  [[], 'The command is missing.', 'dosvc <command> [options]'],
  [['gte'], "'gte' is not a command.", 'dosvc <command> [options]'],
  [['help', 'gte'], "'gte' is not a command.", 'dosvc <command> [options]'],
  [['explain'], '<code> is missing.'],
  [['explain', 'nothing'], "There is no error code in 'nothing'."],
  [['explain', '404', '--jsn'], "Unknown option '--jsn'."],
  [['get'], '<url> is missing.'],
  [['get', 'a', 'b', 'c'], "'c' is one argument too many."],
  [['get', 'example'], '<url> must be an absolute http or https URL.'],
  [['get', 'ftp://example.com/a'], '<url> must be an absolute http or https URL.'],
  [['get', 'example', 'a'], '<url> must be '],
  [['get', url, 'a', '--sha512', 'abc'], '--sha512 must be 64 bytes, hexadecimal or base64'],
  [['get', url, 'a', '--sha256', 'abc'], '--sha256 must be 32 bytes, hexadecimal or base64'],
  [['get', url, 'a', '--sha256', 'a', '--sha512', 'b'], '--sha512 and --sha256 cannot both'],
  [['get', url, 'a', '--size', '1k'], '--size must be a number of bytes.'],
  [['get', url, 'a', '--header', 'secret'], '--header must be "<name>: <value>".'],
  [['get', url, 'a', '--header', 'ä: secret'], '--header'],
  [['get', url, 'a', '--header', 'a: 1', '--header', 'A: 2'], "--header gives 'a' twice."],
  [['get', url, 'a', '--route', 'ftp'], '--route must be '],
  [['get', url, 'a', '--route', 'http', '--route', 'http'], '--route must be '],
  [['get', url, 'a', '--cost', 'cheap'], '--cost must be '],
  [['get', url, 'a', '--key', ''], '--key must be '],
  [['get', url, 'a', '--service', 'bits'], "Unknown option '--service'."],
  [['clean', 'more'], "'more' is one argument too many."],
  [['clean', '--older-than', 'soon'], '--older-than must be a number with s, m, h or d'],
  [['clean', '--older-than', '5'], '--older-than must be a number with s, m, h or d'],
  [['clean', '--prefix', 'p'.repeat(201)], '--prefix must be '],
  [['diagnose', url, url], `'${url}' is one argument too many.`],
  [['diagnose', '--stat'], "Unknown option '--stat'."],
  [['jobs', 'more'], "'more' is one argument too many."],
  [['jobs', '--service'], "Option '--service <value>' argument missing."],
  [['jobs', '--service', 'bitz'], '--service must be '],
  [['jobs', '--service='], '--service must be '],
  [['watch', 'me'], '<id> must be a GUID, '],
  [['watch', id, id], `'${id}' is one argument too many.`],
  [['downloads', 'more'], "'more' is one argument too many."],
  [['downloads', '--all-users'], "Unknown option '--all-users'."],
  ...['job', 'suspend', 'resume', 'cancel', 'complete'].flatMap((name): [string[], string][] => [
    [[name], '<id> is missing.'],
    [[name, ''], '<id> is empty.'],
    [[name, 'me'], '<id> must be a GUID, '],
    [[name, id, id], `'${id}' is one argument too many.`],
    [[name, id, '--all-users'], "Unknown option '--all-users'."],
    [[name, id, '--service', 'bitz'], '--service must be '],
  ]),
])('dosvc %j is wrong', async (args, says, line = `dosvc ${String(args[0])}`) => {
  const { status, stdout, stderr } = await inWorker(args);
  const [first, second = ''] = stderr.split('\n');
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(first).toContain(`dosvc: ${says}`);
  expect(second.startsWith(`Usage: ${line}`)).toBe(true);
  expect(stderr).not.toContain('secret');
});

it('with --json, too, stdout is left empty', async () => {
  const { status, stdout, stderr } = await dosvc(['explain', 'nothing', '--json']);
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('There is no error code');
});

it.each(['--version'])('%s', async (option) => {
  expect(await dosvc([option])).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: '' });
});

it.each([['--help'], ['-h'], ['help']])('%s lists every command', async (...args) => {
  const { status, stdout, stderr } = await dosvc(args);
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  for (const name of names) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'));
});

describe.each(['', ...names])('the help of dosvc %s', (name) => {
  it('fits a screen of 80 by 24', async () => {
    const args = name === '' ? ['--help'] : [name, '--help'];
    const { screen, ended } = inTerminal([program, ...args], { columns: 80, rows: 24 });
    expect(await ended).toBe(0);
    const help = await inWorker(name === '' ? ['help'] : ['help', name]);
    expect(help).toMatchObject({ status: 0, stderr: '' });
    // As it was printed: no line was too long.
    expect(screen.lines).toEqual(help.stdout.trimEnd().split('\n'));
    // The prompt has the last line.
    expect(screen.lines.length).toBeLessThan(24);
    expect(screen.lines[0]).not.toBe('');
  });
});
