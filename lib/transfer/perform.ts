// SPDX-License-Identifier: MIT
//
// Carries out one download, from the target's check to its final name. What it leaves behind is either
// the file or nothing, unless the caller wants to continue later.

import { dirname } from 'node:path';
import { showFrames } from '../caller.js';
import { DosvcError } from '../errors.js';
import { Addresses } from './addresses.js';
import type { Course } from './attempt.js';
import { Chain } from './chain.js';
import { isWanted } from './content.js';
import { discard } from './discard.js';
import { Ending } from './ending.js';
import { lock } from './files/lock.js';
import { stageNames, type StageNames } from './files/names.js';
import { checkSpace } from './files/space.js';
import { checkFolder, checkReplaceable, checkTarget } from './files/within.js';
import { approve, name } from './finish.js';
import { namesOf, tagOf } from './identity.js';
import { findLeft, sizesOf } from './left-files.js';
import { Meter } from './meter.js';
import type { DetachedTransfer, TransferResult } from './options.js';
import type { Request } from './request.js';
import type { RouteName, Transfer } from './route.js';
import { transferError, type TransferAttempt } from './transfer-error.js';
import { standing } from './watchdog.js';
import type { Ways } from './ways.js';

type Done = Pick<TransferResult, 'route' | 'id' | 'bytes' | 'verified' | 'file'>;

export async function perform(
  request: Request,
  ways: Ways,
  frames: string,
): Promise<TransferResult | DetachedTransfer> {
  const work = new Work(request, ways);
  try {
    return await work.result();
  } catch (error) {
    // What the caller's own functions threw is not ours to change.
    if (!work.ending.isCallers) showFrames(error, frames);
    throw error;
  }
}

class Work implements Course {
  readonly request: Request;
  readonly ending: Ending;
  readonly meter: Meter;
  readonly #ways: Ways;
  readonly #attempts: TransferAttempt[] = [];
  readonly #begun = performance.now();
  /** The ends of transfers that a service has not ended in time. */
  readonly #unended: Promise<void>[] = [];
  #started = '';
  /** Why the checked file does not have its final name yet. */
  #held: Error | undefined;

  constructor(request: Request, ways: Ways) {
    this.request = request;
    this.#ways = ways;
    this.ending = new Ending(request.signal, request.timeout, () => this.#late());
    this.meter = new Meter((progress) => {
      this.ending.tell(request.onProgress, progress);
    });
  }

  async result(): Promise<TransferResult | DetachedTransfer> {
    try {
      const done = await Promise.race([this.#run(), this.ending.expired]);
      if ('key' in done) return done;
      const elapsed = Math.round(performance.now() - this.#begun);
      return { ...done, elapsed, attempts: this.#attempts };
    } catch (error) {
      this.ending.check();
      throw error;
    } finally {
      this.meter.stop();
      this.ending.over();
    }
  }

  async start(route: RouteName, { id }: Transfer): Promise<void> {
    const started = `${route} ${String(id)}`;
    if (started === this.#started) return;
    this.#started = started;
    await this.ending.within(() => this.request.onStart?.({ route, id }));
  }

  awaitLater(ending: Promise<void>): void {
    this.#unended.push(ending);
  }

  async #run(): Promise<Done | DetachedTransfer> {
    const { request, ending } = this;
    ending.check();
    const target = await checkTarget(request.file, request);
    const there = await isWanted(target, request, ending.signal);
    if (there !== null) return { route: 'none', id: null, file: target, ...there };
    const names = namesOf(request, target);
    const held = await lock(names.lock).catch(async (error: unknown) => {
      await checkFolder(dirname(target));
      throw error;
    });
    try {
      return await this.#locked(target, names);
    } finally {
      // A service deletes its file when it ends a transfer, so no other download may begin here until then.
      const released = Promise.all(this.#unended).then(() => held.release());
      if (this.#unended.length === 0 || ending.signal.aborted) await released;
      else released.catch(ignore);
    }
  }

  async #locked(target: string, names: StageNames): Promise<Done | DetachedTransfer> {
    const { request, ending } = this;
    const tag = tagOf(request, target);
    const { checked } = stageNames(target, tag);
    const { service, otherService, part, memory, way } = names;
    const beside = [service, otherService, part, memory, way, checked];
    const [left] = await Promise.all([sizesOf(beside), checkReplaceable(target)]);
    let remains = false;
    // Whether nothing can be beside the target.
    let alone = false;
    try {
      ending.check();
      const services = [service, otherService];
      const found = await findLeft({ checked, services }, left, request, ending.signal);
      const caught = found ?? (await this.#fetch(target, names, tag, left));
      if (caught.detached) {
        remains = true;
        return { key: request.key ?? null, route: caught.route, id: caught.id };
      }
      const { file, address, bytes, verified, route, id } = caught;
      await approve(file, address, request, ending);
      if (route !== 'none') this.meter.finish(route, bytes);
      ending.check();
      remains = true;
      await name(file, { target, checked, marked: request.markOfTheWeb }, ending, (error) => {
        this.#held = error;
      });
      remains = false;
      // The first attempt fetched it, so there was no other file than the one that has been renamed.
      alone = left.size === 0 && this.#attempts.length === 0;
      return { route, id, bytes, verified, file: target };
    } finally {
      const kept = ending.signal.aborted
        ? ending.keeps || (remains && ending.keepsChecked)
        : remains;
      if (!kept && !alone) await Promise.all(beside.map((file) => discard(file).catch(ignore)));
    }
  }

  async #fetch(target: string, names: StageNames, tag: string, left: ReadonlyMap<string, number>) {
    const { request, ending } = this;
    if (request.size !== undefined) {
      const there = left.get(names.part) ?? 0;
      await checkSpace(dirname(target), Math.max(0, request.size - there));
    }
    const addresses = new Addresses(request, ending.signal);
    const hasWay = left.has(names.way);
    const place = { course: this, addresses, names, serviceFile: names.service, hasWay, tag };
    return await new Chain(place, this.#ways, this.#attempts).run();
  }

  #late(): Error {
    const { last } = this.meter;
    const limit = String(this.request.timeout);
    const trouble = this.#held ?? last?.trouble ?? undefined;
    const stands =
      this.#held === undefined ? `${standing(last)} ${advice}` : heldMessage(this.request.file);
    const error = new DosvcError(`It was not finished within ${limit} ms. ${stands}`, {
      code: 'ERR_DOSVC_TIMEOUT',
      retryable: true,
      cause: trouble,
      blame: trouble instanceof DosvcError ? trouble.blame : undefined,
    });
    return transferError(error, this.#attempts, true);
  }
}

const advice = 'Check the network, the proxy and the server, or allow a longer timeout.';

function heldMessage(target: string): string {
  return `The whole file is there and was checked, but another program keeps it from being renamed to ${target}. Close the program that has one of them open, and call download() again: it only renames the file, which remains under its temporary name.`;
}

function ignore(): void {
  // There is nothing to do about a file that stays in use, and an error of its own is on its way.
}
