// SPDX-License-Identifier: MIT
//
// What the events of a job's files need of the service: its notify flags and its interface.

import { describe, expect, vi } from 'vitest';
import { hresultOf } from '../facts/facts.js';
import {
  eventually,
  it,
  setNotifyInterface,
  type LibraryScene,
  type Recorded,
} from './library-scene.js';
import { fileNamed, report } from './recorded-file.js';
import { settled, sinkOf } from './recorded-sink.js';
import { restart } from './restart.js';
import { writtenNumber } from './written.js';

const setFlags = 'IBackgroundCopyJob::SetNotifyFlags';
const getFlags = 'IBackgroundCopyJob::GetNotifyFlags';
const [transferredFlag, errorFlag, fileFlag, rangesFlag] = [1, 2, 16, 32] as const;
const nothing = () => undefined;

describe('the notify flags', () => {
  const standing = (scene: LibraryScene, { object }: Recorded, value: number) => {
    scene.tell(object, getFlags, { steps: [writtenNumber(0, value)] });
  };

  it('are widened for each event, and put back', async ({ scene, recorded }) => {
    standing(scene, recorded, transferredFlag);
    recorded.job.on('file-transferred', nothing);
    recorded.job.on('file-ranges-transferred', nothing);
    await settled(recorded);
    const all = transferredFlag | fileFlag | rangesFlag;
    expect(scene.numbers(setFlags)).toEqual([transferredFlag | fileFlag, all]);
    await sinkOf(scene, recorded);
    standing(scene, recorded, all);
    recorded.job.removeAllListeners();
    await settled(recorded);
    expect(scene.numbers(setFlags).at(-1)).toBe(transferredFlag);
  });

  it('that the service refuses take none of the others with them', async ({ scene, recorded }) => {
    standing(scene, recorded, 0);
    const { job, object } = recorded;
    const warned = vi.fn();
    job.on('warning', warned);
    await job.setNotifyInterface({ jobTransferred: nothing, jobError: nothing });
    await settled(recorded);
    const first = transferredFlag | errorFlag;
    expect(scene.numbers(setFlags)).toEqual([first]);
    scene.tell(object, setFlags, { hresult: hresultOf('E_NOTIMPL') });
    await job.setNotifyInterface({
      jobTransferred: nothing,
      jobError: nothing,
      fileTransferred: nothing,
      fileRangesTransferred: nothing,
    });
    await settled(recorded);
    // The flags that it has stay; each of the others is asked for alone.
    expect(scene.numbers(setFlags)).toEqual([first, first | fileFlag, first | rangesFlag]);
    await job.getType();
    void job.wait({ timeout: 1 }).catch(nothing);
    await eventually(() => {
      expect(warned).toHaveBeenCalledExactlyOnceWith({
        code: 'E_NOTIMPL',
        hresult: hresultOf('E_NOTIMPL'),
        operation: setFlags,
      });
    });
    scene.tell(object, setFlags, {});
  });

  it('are asked for one by one again after the service restarted', async ({ scene, recorded }) => {
    standing(scene, recorded, 0);
    const { job } = recorded;
    job.on('transferred', nothing);
    job.on('file-transferred', nothing);
    job.on('file-ranges-transferred', nothing);
    await settled(recorded);
    const heard = vi.fn();
    job.on('file-transferred', heard);
    const again = restart(scene, recorded);
    standing(scene, again, 0);
    await job.getType().catch(nothing);
    await job.getState();
    const later = scene.calls(setFlags).filter(({ object }) => object === again.object.number);
    const numbers = later.map(({ arguments: [flags] }) => Number(BigInt(flags ?? -1)));
    expect(numbers).toEqual([transferredFlag, fileFlag, rangesFlag]);
    const sink = scene.sinks().at(-1);
    if (!sink) throw new Error('the job has no callback object');
    await report(sink, again, fileNamed(scene, 'a'));
    await eventually(() => {
      expect(heard).toHaveBeenCalledOnce();
    });
  });
});

describe('a service that refuses the interface', () => {
  it("is a 'warning' for a listener to files, too", async ({ scene, recorded }) => {
    const hresult = hresultOf('E_ACCESSDENIED');
    scene.tell(recorded.object, setNotifyInterface, { hresult });
    const warned = vi.fn();
    recorded.job.on('warning', warned);
    recorded.job.on('file-transferred', nothing);
    await settled(recorded);
    expect(warned).toHaveBeenCalledExactlyOnceWith({
      code: 'E_ACCESSDENIED',
      hresult,
      operation: setNotifyInterface,
    });
  });
});
