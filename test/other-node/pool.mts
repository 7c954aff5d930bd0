// SPDX-License-Identifier: MIT
// A pool of Vitest whose tests are in a Node for another architecture. Vitest's own process needs the
// bundler's binaries, which not every architecture has, and libuv's channel to a child process does not
// work between 64 and 32 bits: so a socket takes its place.

import { spawn, type ChildProcess } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { createRequire } from 'node:module';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import type { PoolOptions, PoolRunnerInitializer, PoolWorker } from 'vitest/node';

const folder = join(process.cwd(), 'test', 'other-node');
const require = createRequire(join(folder, 'pool.mts'));
const { frames, framed } = require('./frames.cjs') as typeof import('./frames.cjs');

class OtherNode extends EventEmitter implements PoolWorker {
  readonly name = 'other-node';
  readonly #node: string;
  readonly #options: PoolOptions;
  #child: ChildProcess | undefined;
  #socket: Socket | undefined;

  constructor(node: string, options: PoolOptions) {
    super();
    this.#node = node;
    this.#options = options;
  }

  async start(): Promise<void> {
    if (this.#child) return;
    const { distPath, env, execArgv, project } = this.#options;
    const server = createServer();
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const child = spawn(
      this.#node,
      [
        '--require',
        join(folder, 'channel.cjs'),
        ...execArgv,
        join(distPath, 'workers', 'forks.js'),
      ],
      { env: { ...env, DOSVC_TEST_CHANNEL: String(port) }, stdio: ['ignore', 'pipe', 'pipe'] },
    );
    child.stdout.pipe(project.vitest.logger.outputStream, { end: false });
    child.stderr.pipe(project.vitest.logger.errorStream, { end: false });
    child.on('error', (error) => this.emit('error', error));
    child.on('exit', (...ending) => this.emit('exit', ...ending));
    this.#child = child;
    const ended = once(child, 'exit').then(([status]) => {
      throw new Error(`The other Node ended with ${String(status)} before it connected.`);
    });
    const [socket] = (await Promise.race([once(server, 'connection'), ended])) as [Socket];
    server.close();
    socket.setNoDelay(true);
    socket.on('error', () => {
      // The process has ended, which 'exit' reports.
    });
    socket.on(
      'data',
      frames((message) => this.emit('message', message)),
    );
    this.#socket = socket;
  }

  send(message: unknown): void {
    this.#socket?.write(framed(message));
  }

  async stop(): Promise<void> {
    const child = this.#child;
    if (child?.exitCode !== null) return;
    const ended = once(child, 'exit');
    child.kill();
    await ended;
    this.#child = undefined;
  }

  deserialize(data: unknown): unknown {
    return data;
  }
}

/** @param node the path of the other Node */
export function inOtherNode(node: string): PoolRunnerInitializer {
  return { name: 'other-node', createPoolWorker: (options) => new OtherNode(node, options) };
}
