// SPDX-License-Identifier: MIT
//
// download() on the stand-in: by its downloads as the route 'delivery-optimization', and by its jobs as
// 'bits', which it plays as well.

import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect } from 'vitest';
import { cleanUpOf } from '../../lib/transfer/clean-up.js';
import { KEEP } from '../../lib/transfer/keep.js';
import { routeNames } from '../../lib/transfer/route.js';
import { leftTransfers } from '../../lib/transfer/services/left.js';
import type { TransferError } from '../../lib/transfer/transfer-error.js';
import { awaitedLater } from '../promises/awaited-later.js';
import { rejection } from '../promises/rejection.js';
import { byChance } from '../repetition/chance.js';
import { howOften } from '../repetition/how-often.js';
import { killService } from '../stand-in/client/death.js';
import { held, slowlyInMiB } from '../stand-in/client/fixtures.js';
import { clsid } from '../stand-in/client/installation.js';
import { it } from './stand-in.js';

const hashOf = (content: Buffer) => ({
  sha512: createHash('sha512').update(content).digest('hex'),
});
const codesOf = ({ attempts }: Pick<TransferError, 'attempts'>) =>
  attempts.map(({ route, error }) => [route, error.code]);

describe('each route alone', () => {
  it.for(routeNames)(
    '%s fetches, checks and names the file',
    async (route, { server, folder, file, get, states, control }) => {
      const { url, content } = server.file('whole', 'app.msix', 3_000_000);
      const started: unknown[] = [];
      const result = await get(url, {
        routes: [route],
        hash: hashOf(content),
        onStart: (start) => void started.push(start),
      });
      expect(result).toMatchObject({
        ...{ route, bytes: content.length, file, verified: 'sha512', attempts: [] },
      });
      expect(started).toEqual([{ route, id: result.id }]);
      expect(result.id === null).toBe(route === 'http');
      expect(readFileSync(file).equals(content)).toBe(true);
      expect(readdirSync(folder)).toEqual(['app.msix']);
      expect(await states()).toEqual([]);
      expect(await control.count('jobs')).toBe(0);
    },
  );
});

describe('the next route', () => {
  it('follows where the service is too old', async ({ server, get, control }) => {
    await control.setSwitch('no-download-manager', 1);
    const { url } = server.file('whole');
    const result = await get(url);
    expect(result.route).toBe('bits');
    expect(codesOf(result)).toEqual([['delivery-optimization', 'ERR_DOSVC_INTERFACE_MISSING']]);
  });

  it('follows where a transfer fails, and nothing of it remains', async ({
    server,
    folder,
    get,
    control,
    states,
  }) => {
    const { url } = server.file('whole');
    await control.setFault('IDOManager::CreateDownload', { fail: 0x80070422 }, 1);
    await control.setFault('IBackgroundCopyJob::Resume', { fail: 0x80070422 }, 1);
    const result = await get(url);
    expect(result.route).toBe('http');
    expect(codesOf(result)).toEqual([
      ['delivery-optimization', 'ERROR_SERVICE_DISABLED'],
      ['bits', 'ERROR_SERVICE_DISABLED'],
    ]);
    expect(readdirSync(folder)).toEqual(['app.msix']);
    expect(await states()).toEqual([]);
  });

  it('does not follow a 404, which fetch meets, too', async ({ server, folder, get, states }) => {
    const { url } = server.file(404);
    const error = (await rejection(get(url))) as TransferError;
    expect(error).toMatchObject({ name: 'TransferError', httpStatus: 404 });
    expect(codesOf(error)).toEqual([['delivery-optimization', 'BG_E_HTTP_ERROR_404']]);
    expect(server.asked.at(-1)).toMatchObject({ method: 'GET', range: 'bytes=0-0' });
    expect(readdirSync(folder)).toEqual([]);
    expect(await states()).toEqual([]);
  });

  it('after wrong content is http', async ({ server, file, get }) => {
    const { url, content } = server.file('whole');
    const name = new URL(url).pathname.slice(1);
    server.serve(name, { content: Buffer.from(content).fill(7) });
    const onStart = ({ route }: { route: string }) => {
      if (route === 'http') server.serve(name, { content });
    };
    const result = await get(url, { hash: hashOf(content), onStart });
    expect(result.route).toBe('http');
    expect(codesOf(result)).toEqual([['delivery-optimization', 'ERR_DOSVC_HASH_MISMATCH']]);
    expect(readFileSync(file).equals(content)).toBe(true);
  });

  it('follows a hold that lasts', async ({ server, get, control, states }) => {
    await control.setSwitch('waiting', 0x80d03801);
    const { url } = server.file('whole');
    const result = await get(url, { holdTimeout: 100 });
    expect(result.route).toBe('bits');
    expect(codesOf(result)).toEqual([
      ['delivery-optimization', 'DO_E_BLOCKED_BY_COST_TRANSFER_POLICY'],
    ]);
    expect(await states()).toEqual([]);
  });

  it('does not follow a hold if there is a cost policy', async ({ server, get, control }) => {
    await control.setSwitch('waiting', 0x80d03801);
    const { url } = server.file('whole');
    const heard: unknown[] = [];
    const getting = awaitedLater(
      get(url, {
        cost: 'no-roaming',
        onProgress: ({ waitingFor }) => {
          heard.push(waitingFor);
        },
      }),
    );
    await expect.poll(() => heard).toContain('cost');
    await control.setSwitch('waiting', 0);
    expect((await getting).route).toBe('delivery-optimization');
  });

  it('follows a stall', async ({ server, get, states }) => {
    const url = server.serve('file', held());
    const routes = ['delivery-optimization', 'http'] as const;
    const onStart = ({ route }: { route: string }) => {
      if (route === 'http') server.letGo();
    };
    const result = await get(url, { routes, stallTimeout: 500, onStart });
    expect(codesOf(result)).toEqual([['delivery-optimization', 'ERR_DOSVC_STALLED']]);
    expect(await states()).toEqual([]);
  });
});

describe('a download that ends early', () => {
  const limit = { timeout: howOften(120_000, 300_000) };

  it(
    'leaves neither a file nor a transfer, whenever it is aborted',
    limit,
    async ({ server, folder, get, states, control }) => {
      const url = server.serve('file', slowlyInMiB());
      await byChance(async (next) => {
        for (let time = 0; time < howOften(30, 100); time += 1) {
          const stopping = new AbortController();
          const routes = [next() < 0.5 ? ('bits' as const) : ('delivery-optimization' as const)];
          const getting = awaitedLater(get(url, { routes, signal: stopping.signal }));
          await sleep(next() * 400);
          stopping.abort();
          await getting.catch((error: unknown) => {
            expect(error).toMatchObject({ code: 'ABORT_ERR' });
          });
          await expect.poll(() => readdirSync(folder)).toEqual([]);
        }
      });
      expect(await states()).toEqual([]);
      expect(await control.count('jobs')).toBe(0);
    },
  );

  it('by its timeout leaves nothing', async ({ server, folder, get, states }) => {
    const url = server.serve('file', held());
    const error = await rejection(get(url, { timeout: 1400 }));
    expect(error).toMatchObject({ name: 'TransferError', code: 'ERR_DOSVC_TIMEOUT' });
    await expect.poll(() => readdirSync(folder)).toEqual([]);
    expect(await states()).toEqual([]);
  });

  it('is kept on KEEP, and taken up', async ({ server, file, get, states }) => {
    const served = held();
    const url = server.serve('file', served);
    const control = new AbortController();
    const options = { key: 'app/update', hash: hashOf(served.content) };
    const getting = awaitedLater(
      get(url, {
        ...options,
        signal: control.signal,
        onProgress: ({ bytesTransferred }) => {
          if (bytesTransferred > 0) control.abort(KEEP);
        },
      }),
    );
    expect(await rejection(getting)).toMatchObject({ code: 'ABORT_ERR', cause: KEEP });
    expect(await states()).toEqual(['paused']);
    server.letGo();
    const before = server.asked.length;
    const result = await get(url, options);
    expect(result).toMatchObject({ route: 'delivery-optimization', verified: 'sha512' });
    for (const { range } of server.asked.slice(before)) expect(range).not.toMatch(/^bytes=0-/);
    expect(readFileSync(file).equals(served.content)).toBe(true);
  });

  it('with its service begins anew, and says so', async ({ server, file, get, control }) => {
    // Before Windows 11 22H2, no download outlives the service.
    await control.setSwitch('build', 19_045);
    const served = held();
    const url = server.serve('file', served);
    const getting = awaitedLater(get(url, { routes: ['delivery-optimization'] }));
    await expect.poll(() => server.holding).toBe(1);
    await killService();
    server.letGo();
    const result = await getting;
    expect(codesOf(result)).toEqual([['delivery-optimization', 'DO_E_NO_DOWNLOADS']]);
    expect(readFileSync(file).equals(served.content)).toBe(true);
  });
});

it('a detached download continues, and the same call finishes it', async ({
  server,
  folder,
  file,
  get,
}) => {
  const served = held();
  const url = server.serve('file', served);
  const options = { hash: hashOf(served.content), key: 'app/update', detach: true } as const;
  const route = 'delivery-optimization';
  const left = await get(url, options);
  expect(left).toEqual({ key: 'app/update', route, id: expect.any(String) as string });
  await expect.poll(() => server.holding).toBe(1);
  server.letGo();
  const result = await get(url, options);
  expect(result).toMatchObject({ route, id: left.id, verified: 'sha512' });
  expect(readFileSync(file).equals(served.content)).toBe(true);
  expect(readdirSync(folder)).toEqual(['app.msix']);
});

describe('cleanUp()', () => {
  // The jobs of Delivery Optimization cannot be listed.
  const all = () => leftTransfers({ bits: clsid, deliveryOptimization: clsid });

  it('ends what nobody took up', async ({ server, folder, get, states }) => {
    const url = server.serve('file', held());
    await get(url, { key: 'com.contoso.app/update', detach: true });
    expect(await cleanUpOf(all, { prefix: 'com.contoso.' })).toEqual([]);
    expect(await cleanUpOf(all, { prefix: 'com.fabrikam.', olderThan: 0 })).toEqual([]);
    const ended = await cleanUpOf(all, { prefix: 'com.contoso.', olderThan: 0 });
    expect(ended.map(({ route, key }) => [route, key])).toEqual([
      ['delivery-optimization', 'com.contoso.app/update'],
    ]);
    expect(await states()).toEqual([]);
    await expect.poll(() => readdirSync(folder)).toEqual([]);
  });

  it('leaves alone what runs', async ({ server, get }) => {
    const url = server.serve('file', held());
    const getting = awaitedLater(get(url, { key: 'com.contoso.app' }));
    await expect.poll(() => server.holding).toBe(1);
    expect(await cleanUpOf(all, { olderThan: 0 })).toEqual([]);
    server.letGo();
    await getting;
  });
});
