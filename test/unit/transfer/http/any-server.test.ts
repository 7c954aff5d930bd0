// SPDX-License-Identifier: MIT
// lib/transfer/http: whatever a server does of all this, in whichever order, the file is right in the end,
// or there is an error.

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DosvcError } from '../../../../lib/errors.js';
import { bytesOf } from '../../../http/served.js';
import { scenes } from './scene.js';

const scene = scenes();
const versions = [bytesOf(90_000), bytesOf(90_000, 2), bytesOf(70_001, 3)];

const way = fc.record({
  version: fc.nat({ max: 2 }),
  tagged: fc.boolean(),
  dated: fc.boolean(),
  ranges: fc.boolean(),
  ifRange: fc.boolean(),
  chunked: fc.boolean(),
  cut: fc.option(fc.integer({ min: 0, max: 90_000 }), { nil: undefined }),
  status: fc.option(fc.constantFrom(416, 429, 503), { nil: undefined, freq: 4 }),
  // Of a part that is not the one asked for.
  misplaced: fc.constantFrom(false, false, false, true),
});

it('a file is one version of the file on the server, whatever the server does', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(way, { maxLength: 8 }), async (ways) => {
      const server = await scene().serve(async (exchange) => {
        const { version, tagged, dated, cut, status, misplaced, ifRange, ...sending } = ways[
          exchange.index
        ] ?? { version: 0, tagged: true };
        if (status !== undefined) {
          exchange.refuse(status);
          return;
        }
        const day = String(version + 1);
        await exchange.file(versions[version] ?? Buffer.alloc(0), {
          ...sending,
          // Nobody can tell versions apart if the server ignores If-Range and does not name them.
          ifRange: ifRange === true || !(tagged && dated === true),
          ...(cut !== undefined && { cut }),
          ...(tagged && { etag: `"${day}"` }),
          ...(dated && { lastModified: `Sat, 0${day} Nov 2025 10:00:00 GMT` }),
          ...(misplaced && exchange.from > 0 && { headers: { 'Content-Range': 'bytes 1-2/3' } }),
        });
      });
      const transfer = await scene().prepare(server.url());
      const result = await transfer.run().catch((error: unknown) => error);
      if (result instanceof Error) {
        expect(result).toBeInstanceOf(DosvcError);
      } else {
        const { content } = scene();
        expect(result).toMatchObject({ bytes: content.length });
        expect(versions.some((version) => version.equals(content))).toBe(true);
      }
      await transfer.stop('discard');
      expect(scene().left).toEqual([]);
    }),
    { numRuns: 60 },
  );
});
