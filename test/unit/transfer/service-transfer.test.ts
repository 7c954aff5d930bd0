// SPDX-License-Identifier: MIT
// lib/transfer/services/service-transfer.ts: how a transfer runs and is stopped, on a service of its own.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { refusal } from '../../../lib/errors.js';
import type { RouteProgress } from '../../../lib/transfer/route.js';
import { ServiceTransfer } from '../../../lib/transfer/services/service-transfer.js';
import { awaitedLater } from '../../promises/awaited-later.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dosvc-transfer-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

const half: RouteProgress = {
  bytesTransferred: 5,
  bytesTotal: 10,
  waitingFor: null,
  trouble: null,
};

/** A transfer that notes what is asked of it. */
class Noted extends ServiceTransfer {
  readonly id = 'id';
  readonly calls: string[];
  readonly reports: RouteProgress[];
  /** Ends the progress. */
  arrive: () => void = () => undefined;
  failing: string | undefined;
  readonly #arrived = new Promise<void>((resolve) => {
    this.arrive = resolve;
  });

  constructor(controller: AbortController) {
    const calls: string[] = [];
    const reports: RouteProgress[] = [];
    const order = {
      file: join(folder, 'file.bin'),
      signal: controller.signal,
      report: (progress: RouteProgress) => reports.push(progress),
    };
    super(() => Promise.resolve(void calls.push('close')), order as never, false);
    this.calls = calls;
    this.reports = reports;
  }

  get file(): string {
    return this.order.file;
  }

  begin = () => this.#note('begin');
  async *progress(signal: AbortSignal) {
    yield half;
    const aborted = new Promise((resolve) => {
      signal.addEventListener('abort', resolve);
      if (signal.aborted) resolve(undefined);
    });
    await Promise.race([aborted, this.#arrived]);
    if (signal.aborted) throw new Error('aborted');
    yield { ...half, bytesTransferred: 10 };
  }
  complete = async () => {
    await this.#note('complete');
    writeFileSync(this.order.file, '0123456789');
  };
  read = () => Promise.resolve(half);
  cancel = () => this.#note('cancel');
  suspend = () => this.#note('suspend');

  #note(call: string): Promise<void> {
    this.calls.push(call);
    if (this.failing !== call) return Promise.resolve();
    return Promise.reject(refusal(0x80200001, 'No.'));
  }
}

function transfer(controller = new AbortController()) {
  return new Noted(controller);
}

describe('run', () => {
  it('reports, completes, and lets go', async () => {
    const noted = transfer();
    const run = noted.run();
    noted.arrive();
    await expect(run).resolves.toEqual({ bytes: 10, declared: 10 });
    expect(noted.calls).toEqual(['begin', 'complete', 'close']);
    expect(noted.reports.map(({ bytesTransferred }) => bytesTransferred)).toEqual([5, 10]);
  });

  it('rejects if the file is gone, and lets go', async () => {
    const noted = transfer();
    noted.complete = () => Promise.resolve();
    noted.arrive();
    await expect(noted.run()).rejects.toMatchObject({ code: 'ERROR_FILE_NOT_FOUND' });
    await noted.stop('discard');
    expect(noted.calls).toEqual(['begin', 'close']);
  });

  it('rejects with an abort, and starts nothing after it', async () => {
    const controller = new AbortController();
    const running = transfer(controller);
    const run = awaitedLater(running.run());
    controller.abort('enough');
    await expect(run).rejects.toThrow('aborted');
    await expect(transfer(controller).run()).rejects.toMatchObject({ code: 'ABORT_ERR' });
  });
});

describe('stop', () => {
  it('cancels, rejects run(), and deletes the file', async () => {
    const noted = transfer();
    const run = awaitedLater(noted.run());
    writeFileSync(noted.file, 'part');
    await noted.stop('discard');
    await expect(run).rejects.toThrow('aborted');
    expect(noted.calls).toEqual(['begin', 'cancel', 'close']);
    expect(existsSync(noted.file)).toBe(false);
  });

  it('suspends, and leaves the file', async () => {
    const noted = transfer();
    const run = awaitedLater(noted.run());
    writeFileSync(noted.file, 'part');
    await noted.stop('keep');
    await expect(run).rejects.toThrow('aborted');
    expect(noted.calls).toEqual(['begin', 'suspend', 'close']);
    expect(existsSync(noted.file)).toBe(true);
  });

  it('only deletes the file after a whole run', async () => {
    const noted = transfer();
    noted.arrive();
    await noted.run();
    await noted.stop('discard');
    expect(noted.calls).toEqual(['begin', 'complete', 'close']);
    expect(existsSync(noted.file)).toBe(false);
  });

  it('is the end: a later run() starts nothing', async () => {
    const noted = transfer();
    await noted.stop('keep');
    await expect(noted.run()).rejects.toMatchObject({ code: 'ABORT_ERR' });
    expect(noted.calls).toEqual(['suspend', 'close']);
  });

  it('happens once', async () => {
    const noted = transfer();
    await Promise.all([noted.stop('discard'), noted.stop('keep')]);
    expect(noted.calls).toEqual(['cancel', 'close']);
  });

  it('cleans up and rejects if the service does not cancel', async () => {
    const noted = transfer();
    noted.failing = 'cancel';
    writeFileSync(noted.file, 'part');
    await expect(noted.stop('discard')).rejects.toMatchObject({ code: 'BG_E_NOT_FOUND' });
    expect(noted.calls).toEqual(['cancel', 'close']);
    expect(existsSync(noted.file)).toBe(false);
  });
});

it('detach starts it and lets it go', async () => {
  const noted = transfer();
  await noted.detach();
  expect(noted.calls).toEqual(['begin', 'close']);
});

it('look reports what is read', async () => {
  const noted = transfer();
  await noted.look();
  expect(noted.reports).toEqual([half]);
});
