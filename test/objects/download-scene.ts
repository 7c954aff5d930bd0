// SPDX-License-Identifier: MIT
//
// Connects the library's downloads to a recorded service, for one test.

import { randomUUID } from 'node:crypto';
import {
  DownloadManager,
  type ConnectOptions,
  type CreateDownloadOptions,
  type Download,
} from 'dosvc';
import { expect, test } from 'vitest';
import { RecordedSink, type RecordedObject, type SinkArgument } from '../recorder/recorder.js';
import { uint32, type Step } from '../recorder/plan.js';
import { enumValue, iidOf, rowAt } from '../facts/facts.js';
import { prepare, RecordedScene } from './recorded-scene.js';
import { structBytes, writtenBytes, writtenObject } from './written.js';

export const getProperty = 'IDODownload::GetProperty';
export const setProperty = 'IDODownload::SetProperty';
export const getStatus = 'IDODownload::GetStatus';

/** VT_UNKNOWN, as {@link DownloadScene.keepSinks} copies it. */
const vtUnknown = '0d00';

/** A recorded download, and the library's object for it. */
export interface RecordedDownload {
  object: RecordedObject;
  download: Download;
}

/** A VARIANT with a string, written by a recorded GetProperty. */
export function writtenBstr(text: string): Step[] {
  return [
    writtenBytes(1, Buffer.from([8, 0])),
    { kind: 'writeBstr', argument: 1, offset: 8, data: Buffer.from(text, 'utf16le') },
  ];
}

interface Status {
  state: string;
  transferred?: number;
  total?: number | bigint;
  error?: number;
  extendedError?: number;
}

function statusBytes({ state, transferred = 0, total = 1000, error = 0, ...more }: Status): Buffer {
  return structBytes('DO_DOWNLOAD_STATUS', {
    BytesTotal: total,
    BytesTransferred: transferred,
    State: enumValue(`DODownloadState_${state}`),
    Error: error,
    ExtendedError: more.extendedError ?? 0,
  });
}

export class DownloadScene extends RecordedScene<DownloadManager> {
  static async open(given: ConnectOptions = {}): Promise<DownloadScene> {
    const { root, options } = prepare(given);
    return new DownloadScene(root, await DownloadManager.connect(options));
  }

  /** Makes the object that CreateDownload returns from now on. */
  prepare(id: string = randomUUID()): RecordedObject {
    const object = this.object();
    this.tell(object, getProperty, { steps: writtenBstr(id) });
    this.tell(this.root, 'IDOManager::CreateDownload', {
      steps: [writtenObject(0, object, 'IDODownload')],
    });
    return object;
  }

  async create(options?: CreateDownloadOptions, id?: string): Promise<RecordedDownload> {
    const object = this.prepare(id);
    const download = await this.manager.createDownload(options);
    this.keepSinks(object);
    this.enter(object, { state: 'Created' });
    return { object, download };
  }

  /** Sets the objects that EnumDownloads lists from now on. */
  list(objects: RecordedObject[]): void {
    const written = this.enumerator('IEnumUnknown', 'IUnknown', objects);
    this.tell(this.root, 'IDOManager::EnumDownloads', { steps: [written(1)] });
  }

  /** From now on SetProperty keeps the sinks that it gets, and may be called only with sinks. */
  keepSinks(object: RecordedObject): void {
    this.tell(object, setProperty, {
      steps: [
        { kind: 'keepSink', argument: 1, behind: true, offset: 8 },
        { kind: 'copyBytes', argument: 1, data: uint32(2) },
      ],
    });
  }

  /** The download has this status from now on. */
  enter(object: RecordedObject, status: Status): void {
    this.tell(object, getStatus, { steps: [writtenBytes(0, statusBytes(status))] });
  }

  /** The service calls back on a thread of its own. */
  async callBack(sink: RecordedSink, object: RecordedObject, status: Status): Promise<void> {
    const download: SinkArgument = { object, iid: iidOf('IDODownload') };
    const row = rowAt('IDODownloadStatusCallback::OnStatusChange');
    expect(await sink.call(row, [download, statusBytes(status)])).toBe(0);
  }

  override sinks(): (RecordedSink | null)[] {
    return this.calls(setProperty)
      .flatMap(({ copies: [sink, type] }) => (type === vtUnknown ? (sink ?? []) : []))
      .map((sink) => (sink === 'null' ? null : new RecordedSink(Number(sink))));
  }

  /** The last callback object that was set. */
  sink(): RecordedSink {
    const sink = this.sinks().findLast((one) => one !== null);
    if (!sink) throw new Error('the download has no object of ours');
    return sink;
  }
}

interface Fixtures {
  /** How the manager connects; a suite may override it. */
  options: ConnectOptions;
  scene: DownloadScene;
}

export const it = test.extend<Fixtures>({
  options: {},
  scene: async ({ options }, use) => {
    const scene = await DownloadScene.open(options);
    await use(scene);
    await scene.close();
  },
});
