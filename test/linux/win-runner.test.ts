// SPDX-License-Identifier: MIT
// `npm run win` passes the output and the exit status of a script under the Windows Node to the
// caller.

import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clone, Scripts } from './runner.js';

const scripts = new Scripts();

describe('the output of a script', () => {
  it('is passed on before the script ends', async () => {
    const { child, said, ended } = scripts.start(
      'streams.js',
      `console.log('first'); process.on('SIGINT', () => { console.log('second'); process.exit(); });
       setInterval(() => {}, 1000);`,
    );
    await said('first');
    expect(child.exitCode).toBeNull();
    child.kill('SIGINT');
    expect((await ended).stdout.toString()).toBe('first\nsecond\n');
  });

  it('keeps stdout and stderr apart', async () => {
    const result = await scripts.run('apart.js', `console.log('to out'); console.error('to err');`);
    expect(result).toEqual({ status: 0, stdout: 'to out\n', stderr: 'to err\n' });
  });

  it('is complete, also when it has 5 MB', async () => {
    const { ended } = scripts.start(
      'much.js',
      `const block = Buffer.alloc(5000);
       for (let i = 0; i < 1000; i++) process.stdout.write(block.fill(i % 251));`,
    );
    const { stdout } = await ended;
    const expected = Buffer.concat(
      Array.from({ length: 1000 }, (_, i) => Buffer.alloc(5000, i % 251)),
    );
    const hash = (data: Buffer) => createHash('sha256').update(data).digest('hex');
    expect(stdout.length).toBe(expected.length);
    expect(hash(stdout)).toBe(hash(expected));
  });

  it('ends the script when its reader is gone', async () => {
    const { child, said, ended } = scripts.start(
      'endless.js',
      `setInterval(() => console.log('x'), 5)`,
    );
    await said('x');
    child.stdout.destroy();
    expect((await ended).status).toBe(141);
  });
});

it('lets a script fetch', async () => {
  const result = await scripts.run(
    'fetch.mjs',
    `import { createServer } from 'node:http';
     const server = createServer((_, response) => response.end('fetched')).listen(0, '127.0.0.1');
     server.on('listening', async () => {
       const response = await fetch('http://127.0.0.1:' + server.address().port);
       console.log(await response.text());
       server.close();
       server.closeAllConnections();
     });`,
  );
  expect(result).toEqual({ status: 0, stdout: 'fetched\n', stderr: '' });
});

describe('the exit status', () => {
  it.each([
    ['the end', '', 0],
    ['process.exit', 'process.exit(3)', 3],
    ['the highest', 'process.exit(255)', 255],
    ['an uncaught error', 'throw new Error("planted")', 1],
    ['a status whose low byte is 0', 'process.exit(256)', 1],
    ['abort', 'process.abort()', 134],
  ])('is passed on for %s', async (_, source, status) => {
    expect((await scripts.run('ends.js', source)).status).toBe(status);
  });

  it('is not 0 for a killed process', async () => {
    const { status } = await scripts.run('killed.js', `process.kill(process.pid, 'SIGKILL')`);
    expect(status).not.toBe(0);
  });
});

describe('the script', () => {
  it('receives its arguments unchanged, in the folder of the caller', async () => {
    const args = ['a b', '', 'quote"d', "it's", 'back\\slash\\', 'ünïcode €', '--flag', '*'];
    const { stdout } = await scripts.run(
      'arguments.js',
      'console.log(JSON.stringify([process.argv.slice(2), process.cwd(), process.platform]))',
      args,
    );
    expect(JSON.parse(stdout)).toEqual([
      args,
      `Z:${scripts.folder.replaceAll('/', '\\')}`,
      'win32',
    ]);
  });

  it.each(['22', '20'])('finds this build from outside the clone, in Node %s', async (node) => {
    const found = `require.resolve('dosvc/package.json')`;
    const { status, stdout, stderr } = await scripts.run(
      'finds.cjs',
      `console.log('version', process.versions.node.split('.')[0]);
       console.log('require', ${found});
       const { Worker } = require('node:worker_threads');
       const worker = (source) => new Promise((end) => new Worker(source, { eval: true }).on('exit', end));
       const child = () => require('node:child_process').spawnSync(process.execPath,
         ['-e', "process.exit(require('dosvc/package.json').name === 'dosvc' ? 7 : 1)"]).status;
       import('dosvc/package.json', { with: { type: 'json' } })
         .then((own) => console.log('import', own.default.name))
         .then(() => worker("console.log('worker', " + ${JSON.stringify(found)} + ')'))
         .then(() => console.log('child', child()));`,
      [],
      { DOSVC_NODE: node },
    );
    const manifest = `Z:${join(clone, 'package.json').replaceAll('/', '\\')}`;
    expect(stderr.replace(/^.*ExperimentalWarning.*\n.*\n/, '')).toBe('');
    expect(stdout.split('\n')).toEqual([
      `version ${node}`,
      `require ${manifest}`,
      'import dosvc',
      `worker ${manifest}`,
      'child 7',
      '',
    ]);
    expect(status).toBe(0);
  });

  it('fails with the name of any other package that is missing', async () => {
    const { status, stderr } = await scripts.run('misses.js', `require('dosvcx')`);
    expect(status).toBe(1);
    expect(stderr).toContain(`Cannot find module 'dosvcx'`);
  });
});
