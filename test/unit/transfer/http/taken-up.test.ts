// SPDX-License-Identifier: MIT
// lib/transfer/http: what an earlier process left is continued by the next one, if it can be.

import {
  appendFileSync,
  existsSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Transfer } from '../../../../lib/transfer/route.js';
import type { Exchange, Sending } from '../../../http/hostile.js';
import { bytesOf } from '../../../http/served.js';
import { rejection } from '../../../promises/rejection.js';
import { howOften } from '../../../repetition/how-often.js';
import { Programs } from '../program.js';
import { scenes, usual } from './scene.js';

const scene = scenes();
const programs = new Programs();
const content = bytesOf(3_000_000);
const { length } = content;
const held = 1_000_000;
const memory = () => scene().file.replace(/part$/, 'meta');

/** A server that holds the rest of its first response back, and then sends the file in this way. */
function holding(sending: Sending = { etag: '"1"' }, then = sending) {
  return scene().serve((exchange) =>
    exchange.file(content, exchange.index === 0 ? { ...sending, hold: held } : then),
  );
}

/** Runs a transfer until it has all that is sent of it. */
async function untilHeld(transfer: Transfer) {
  const error = rejection(transfer.run());
  await expect.poll(() => scene().reports.at(-1)?.bytesTransferred).toBe(held);
  return error;
}

/** Leaves what a transfer that was stopped leaves. */
async function leave(address: string) {
  const transfer = await scene().prepare(address);
  const error = untilHeld(transfer);
  await expect.poll(() => scene().reports.at(-1)?.bytesTransferred).toBe(held);
  await transfer.stop('keep');
  expect(await error).toMatchObject({ name: 'AbortError' });
  expect(scene().left).toEqual(['file.abc123.meta', 'file.abc123.part']);
}

const rangesOf = (exchanges: Exchange[]) => exchanges.map(({ request }) => request.headers.range);

/** A process that fetches the file, and says how many bytes it has. */
function fetching(address: string) {
  return programs.start(
    scene().folder,
    'lib/transfer/http/route',
    ['http'],
    `import { writeSync } from 'node:fs';
     const transfer = await http.prepare({
       address: ${JSON.stringify(address)},
       file: ${JSON.stringify(scene().file)},
       tag: 'a tag', key: undefined, sameContent: false, size: null,
       signal: new AbortController().signal,
       settings: { ...${JSON.stringify(usual)}, fetch },
       report: ({ bytesTransferred }) => writeSync(1, bytesTransferred + ' '),
     });
     await transfer.run();`,
  );
}

describe('a transfer of an earlier process', () => {
  it('that was killed is taken up, and no byte comes twice', async () => {
    const server = await holding();
    const program = fetching(server.url('file.bin?sig=s3cret'));
    await program.said(`${String(held)} `);
    await program.kill();
    expect(statSync(scene().file).size).toBe(held);
    // What grants access is not on the disk.
    expect(readFileSync(memory(), 'utf8')).not.toContain('s3cret');

    const transfer = await scene().prepare(server.url('file.bin?sig=s3cret'));
    expect(transfer.takenUp).toBe(true);
    expect(await transfer.run()).toEqual({ bytes: length, declared: length });
    expect(scene().content.equals(content)).toBe(true);
    expect(rangesOf(server.exchanges)).toEqual([undefined, `bytes=${String(held)}-`]);
    expect(server.sent).toBe(length);
    expect(scene().reports[0]).toMatchObject({ bytesTransferred: held, bytesTotal: length });
    expect(existsSync(memory())).toBe(false);
  });

  it('is taken up where it was, whenever and however often it is killed', async () => {
    const kills = howOften(2, 4);
    const server = await scene().serve((exchange) => {
      // None of those that are killed can be done before.
      const held = exchange.index < kills && { hold: 700_000 };
      return exchange.file(content, { etag: '"1"', pieces: 20_000, pause: 1, ...held });
    });
    const places = [0];
    for (let round = 1; round <= kills; round += 1) {
      const program = fetching(server.url());
      const least = (round * length) / 8;
      await program.said((said) => Number(said.trim().split(' ').at(-1)) >= least);
      await program.kill();
      places.push(statSync(scene().file).size);
    }
    await scene().fetch(server.url());
    expect(scene().content.equals(content)).toBe(true);
    // A byte that was on the way to a process when it was killed comes again, and no other one.
    expect(server.exchanges.map(({ from }) => from)).toEqual(places);
  });

  it('that was stopped is taken up, whatever its signal was', async () => {
    const server = await holding();
    await leave(server.url());
    const transfer = await scene().prepare(server.url());
    expect(transfer.takenUp).toBe(true);
    await transfer.run();
    expect(scene().content.equals(content)).toBe(true);
    expect(server.sent).toBe(length);
  });

  it('is not taken up from another address, unless both have the same content', async () => {
    const server = await holding();
    await leave(server.url('file.bin?sig=1'));
    const address = server.url('file.bin?sig=2');
    expect((await scene().prepare(address)).takenUp).toBe(false);
    const another = { tag: 'another', sameContent: true };
    expect((await scene().prepare(address, another)).takenUp).toBe(false);
    const transfer = await scene().prepare(address, { sameContent: true });
    expect(transfer.takenUp).toBe(true);
    await transfer.run();
    expect(scene().content.equals(content)).toBe(true);
    expect(rangesOf(server.exchanges)).toEqual([undefined, `bytes=${String(held)}-`]);
    // A tag is that of one address.
    expect(server.exchanges[1]?.request.headers).not.toHaveProperty('if-range');
  });

  it('is then continued with the validators of that address', async () => {
    const server = await scene().serve((exchange) => {
      const etag = `"${exchange.path}"`;
      return exchange.file(content, { etag, ...(exchange.index < 2 && { hold: held }) });
    });
    await leave(server.url('1'));
    const second = await scene().prepare(server.url('2'), { sameContent: true });
    const error = rejection(second.run());
    await expect.poll(() => scene().reports.at(-1)?.bytesTransferred).toBe(2 * held);
    await second.stop('keep');
    await error;
    const third = await scene().prepare(server.url('2'));
    expect(third.takenUp).toBe(true);
    await third.run();
    expect(scene().content.equals(content)).toBe(true);
    expect(server.exchanges[2]?.request.headers['if-range']).toBe('"/2"');
    expect(server.sent).toBe(length);
  });

  it('from a mirror of another size begins anew', async () => {
    const other = bytesOf(length + 1);
    const server = await scene().serve((exchange) =>
      exchange.index === 0 ? exchange.file(content, { hold: held }) : exchange.file(other),
    );
    await leave(server.url('1'));
    const transfer = await scene().prepare(server.url('2'), { sameContent: true });
    await transfer.run();
    expect(scene().content.equals(other)).toBe(true);
    expect(rangesOf(server.exchanges)).toEqual([undefined, `bytes=${String(held)}-`, undefined]);
  });

  it('begins anew if the file has changed', async () => {
    const server = await holding({ etag: '"1"' }, { etag: '"2"' });
    await leave(server.url());
    await scene().fetch(server.url());
    expect(scene().content.equals(content)).toBe(true);
    expect(server.exchanges.map(({ sent }) => sent)).toEqual([held, length]);
  });

  it('is not taken up if its server tells no version from another', async () => {
    const server = await holding({});
    await leave(server.url());
    const transfer = await scene().prepare(server.url());
    expect(transfer.takenUp).toBe(false);
    await transfer.run();
    expect(scene().content.equals(content)).toBe(true);
    expect(rangesOf(server.exchanges)).toEqual([undefined, undefined]);
  });

  it.each([
    [
      'without its memory',
      () => {
        writeFileSync(memory(), '');
      },
    ],
    [
      'with half of its memory',
      () => {
        truncateSync(memory(), 40);
      },
    ],
    [
      'with the memory of something else',
      () => {
        writeFileSync(memory(), '{"address":5}');
      },
    ],
    [
      'with a memory that breaks a header',
      () => {
        writeFileSync(
          memory(),
          JSON.stringify({ tag: 'a tag', address: '', validator: '"1"\r\nX-A: b', total: null }),
        );
      },
    ],
    [
      'without a byte',
      () => {
        truncateSync(scene().file, 0);
      },
    ],
    [
      'with more bytes than it can have',
      () => {
        appendFileSync(scene().file, content);
      },
    ],
  ])('is not taken up %s', async (_, spoil) => {
    const server = await holding();
    await leave(server.url());
    spoil();
    const transfer = await scene().prepare(server.url());
    expect(transfer.takenUp).toBe(false);
    await transfer.run();
    expect(scene().content.equals(content)).toBe(true);
    expect(rangesOf(server.exchanges)).toEqual([undefined, undefined]);
    expect(scene().left).toEqual(['file.abc123.part']);
  });

  it('is not taken up if the file is to have another size', async () => {
    const server = await holding();
    await leave(server.url());
    expect((await scene().prepare(server.url(), { size: length - 1 })).takenUp).toBe(false);
    expect((await scene().prepare(server.url(), { size: length })).takenUp).toBe(true);
  });
});

describe('a file that is whole, but that nobody has taken', () => {
  it.each([{ etag: '"1"' }, { etag: '"1"', chunked: true }])(
    'is not fetched again by the next process: %j',
    async (sending) => {
      const server = await scene().serve((exchange) => exchange.file(content, sending));
      const first = await scene().prepare(server.url());
      await first.run();
      await first.stop('keep');
      expect(scene().left).toEqual(['file.abc123.meta', 'file.abc123.part']);
      const second = await scene().prepare(server.url());
      expect(second.takenUp).toBe(true);
      expect(await second.run()).toEqual({ bytes: length, declared: length });
      expect(rangesOf(server.exchanges)).toEqual([undefined, `bytes=${String(length)}-`]);
      expect(server.sent).toBe(length);
      expect(scene().left).toEqual(['file.abc123.part']);
    },
  );

  it('is fetched again if it has changed meanwhile', async () => {
    const other = bytesOf(length, 2);
    const server = await scene().serve((exchange) =>
      exchange.file(exchange.index === 0 ? content : other, {
        etag: `"${String(exchange.index)}"`,
      }),
    );
    const first = await scene().prepare(server.url());
    await first.run();
    await first.stop('keep');
    await scene().fetch(server.url());
    expect(scene().content.equals(other)).toBe(true);
  });
});
