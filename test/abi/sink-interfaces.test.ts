// SPDX-License-Identifier: MIT
//
// Each callback object has only the interfaces that it exists for: a service cannot call what is not
// there, and no marshaler can carry the object out of its apartment.

import { afterEach, beforeEach, expect, it } from 'vitest';
import { hresultOf, iidOf, published } from '../facts/facts.js';
import { Scene } from '../recorder/scene.js';
import { streams } from '../facts/stream-slots.js';

const system = {
  IMarshal: '00000003-0000-0000-C000-000000000046',
  IMarshal2: '000001CF-0000-0000-C000-000000000046',
  INoMarshal: 'ECC8691B-C1DB-4DC0-855E-65F6C551AF49',
  IAgileObject: '94EA2B94-E9CC-49E0-C0FF-EE64CA8F5B90',
  IStdMarshalInfo: '00000018-0000-0000-C000-000000000046',
  IExternalConnection: '00000019-0000-0000-C000-000000000046',
  IClientSecurity: '0000013D-0000-0000-C000-000000000046',
  IDispatch: '00020400-0000-0000-C000-000000000046',
};

let scene: Scene;

beforeEach(async () => {
  scene = await Scene.open();
});

afterEach(async () => {
  await scene.close();
});

const jobSink = 'IBackgroundCopyCallback';
const setNotify = 'IBackgroundCopyJob::SetNotifyInterface';
const setCertificate = 'IBackgroundCopyJobHttpOptions3::SetServerCertificateValidationInterface';

async function handedIn(name: string) {
  if (name === jobSink) {
    scene.tell(scene.root, setNotify, { steps: [{ kind: 'keepSink', argument: 0 }] });
    const handle = scene.subscribe('job', scene.manager);
    await scene.invoke(setNotify, [{ handle }]);
    return scene.sink(scene.calls(setNotify)[0]?.copies[0]);
  }
  if (name === 'IDODownloadStatusCallback' || name === 'IStream') {
    const setProperty = 'IDODownload::SetProperty';
    const handle = scene.subscribe(name === 'IStream' ? 'stream' : 'status', null);
    scene.tell(scene.root, setProperty, {
      steps: [{ kind: 'keepSink', argument: 1, behind: true, offset: 8 }],
    });
    await scene.invoke(setProperty, [8, { vt: 13, value: { handle } }]);
    return scene.sink(scene.calls(setProperty)[0]?.copies[0]);
  }
  const handle = scene.subscribe('certificate', null);
  scene.tell(scene.root, setCertificate, { steps: [{ kind: 'keepSink', argument: 0 }] });
  await scene.invoke(setCertificate, [{ handle }]);
  return scene.sink(scene.calls(setCertificate)[0]?.copies[0]);
}

it('a stream has IStream and its bases alone', async () => {
  const sink = await handedIn('IStream');
  for (const name of ['IUnknown', 'IStream', 'ISequentialStream'] as const) {
    expect(sink.query(name === 'IUnknown' ? iidOf(name) : streams[name])).toBe(0);
  }
  for (const iid of [...Object.values(system), ...new Set(published.map((one) => one.iid))]) {
    expect(sink.query(iid), iid).toBe(hresultOf('E_NOINTERFACE'));
  }
});

it.each([
  [jobSink, 'IBackgroundCopyCallback2', 'IBackgroundCopyCallback3'],
  ['IDODownloadStatusCallback'],
  ['IBackgroundCopyServerCertificateValidationCallback'],
])('a callback object has IUnknown, %s and its successors alone', async (...names) => {
  const sink = await handedIn(names[0]);
  for (const name of ['IUnknown', ...names]) expect(sink.query(iidOf(name)), name).toBe(0);
  const others = published.filter(({ name }) => !names.includes(name)).map(({ iid }) => iid);
  for (const iid of [...Object.values(system), ...new Set(others)]) {
    expect(sink.query(iid), iid).toBe(hresultOf('E_NOINTERFACE'));
  }
});
