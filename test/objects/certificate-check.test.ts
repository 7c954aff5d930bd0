// SPDX-License-Identifier: MIT
//
// The function that checks the certificates of a job's servers. S_OK makes the service send its request,
// so only `true` may lead to it, and whatever ends the function is a no.

import { X509Certificate } from 'node:crypto';
import type { BackgroundCopyJob, CertificateCheck, ServerCertificate } from 'dosvc';
import { describe, expect, vi } from 'vitest';
import { hresultOf, iidOf, rowAt } from '../facts/facts.js';
import { selfSigned } from '../http/certificate.js';
import { RecordedSink, type RecordedObject, type SinkArgument } from '../recorder/recorder.js';
import { it as inScene, eventually, type LibraryScene, type Recorded } from './library-scene.js';
import { callBack, enter, settled } from './recorded-sink.js';
import { callsOf, restart } from './restart.js';

const setInterface = 'IBackgroundCopyJobHttpOptions3::SetServerCertificateValidationInterface';
const validate = rowAt(
  'IBackgroundCopyServerCertificateValidationCallback::ValidateServerCertificate',
);
const S_OK = 0;
const certificate = selfSigned('127.0.0.1');
const yes = { validateServerCertificate: () => true };

/** The service keeps what it is given. */
function accept(scene: LibraryScene, object: RecordedObject): void {
  scene.tell(object, setInterface, { steps: [{ kind: 'keepSink', argument: 0 }] });
}

/** The callback objects that were set, in order; null where one was removed. */
function sinksOf(scene: LibraryScene): (RecordedSink | null)[] {
  return scene
    .calls(setInterface)
    .flatMap(({ copies }) => copies)
    .map((copy) => (copy === 'null' ? null : new RecordedSink(Number(copy))));
}

/** The service asks. Resolves to what it is answered. */
function ask({ object }: Recorded, sink: RecordedSink): Promise<number> {
  const [leaf, store] = [certificate.der, Buffer.from('a store')];
  const given: SinkArgument[] = [
    { object, iid: iidOf('IBackgroundCopyJob') },
    { object, iid: iidOf('IBackgroundCopyFile') },
    ...[leaf.length, leaf, 1, store.length, store],
  ];
  return sink.call(validate, given);
}

interface Fixtures {
  /** Sets a check, and returns how the service asks it. */
  checked: (check: CertificateCheck, job?: BackgroundCopyJob) => Promise<() => Promise<number>>;
}

const it = inScene.extend<Fixtures>({
  checked: async ({ scene, recorded }, use) => {
    accept(scene, recorded.object);
    await use(async (check, job = recorded.job) => {
      await job.setServerCertificateValidationInterface(check);
      const sink = sinksOf(scene).at(-1);
      if (!sink) throw new Error('no callback object was set');
      return () => ask(recorded, sink);
    });
    for (const sink of sinksOf(scene)) sink?.drop();
  },
});

/** What became an uncaught exception while `act` ran; the test's runner does not see it. */
async function uncaughtDuring(act: () => Promise<unknown>): Promise<unknown[]> {
  const before = process.listeners('uncaughtException');
  const uncaught: unknown[] = [];
  const hear = (error: unknown) => uncaught.push(error);
  process.removeAllListeners('uncaughtException');
  process.on('uncaughtException', hear);
  try {
    await act();
    await new Promise((resolve) => setImmediate(resolve));
  } finally {
    process.off('uncaughtException', hear);
    for (const one of before) process.on('uncaughtException', one);
  }
  return uncaught;
}

describe('an answer', () => {
  it('is asked for with the certificate, its encoding and the store', async ({ checked }) => {
    const asked: ServerCertificate[] = [];
    const asks = await checked({
      validateServerCertificate: (server) => {
        asked.push(server);
        return true;
      },
    });
    expect(await asks()).toBe(S_OK);
    const [server] = asked;
    if (server === undefined) throw new Error('nothing was asked');
    expect(Object.keys(server).toSorted()).toEqual(['certificate', 'encodingType', 'store']);
    const { fingerprint256 } = new X509Certificate(server.certificate);
    expect(fingerprint256).toBe(new X509Certificate(certificate.der).fingerprint256);
    expect(server.encodingType).toBe(1);
    expect(Buffer.from(server.store).toString()).toBe('a store');
  });

  it('is yes for true, and for a promise of true', async ({ checked }) => {
    expect(await (await checked(yes))()).toBe(S_OK);
    const asks = await checked({ validateServerCertificate: () => Promise.resolve(true) });
    expect(await asks()).toBe(S_OK);
  });

  it.for([false, undefined, null, 1, 'true', {}, [true]])(
    'is no for %j',
    async (value, { checked }) => {
      for (const given of [value, Promise.resolve(value)]) {
        const asks = await checked({ validateServerCertificate: () => given as never });
        expect(await asks()).toBe(hresultOf('E_ACCESSDENIED'));
      }
    },
  );

  it('is the one to its own question', async ({ checked }) => {
    const answers: ((yes: boolean) => void)[] = [];
    const asks = await checked({
      validateServerCertificate: () => new Promise((resolve) => answers.push(resolve)),
    });
    const asked = [asks(), asks()];
    await eventually(() => {
      expect(answers).toHaveLength(2);
    });
    answers[1]?.(true);
    answers[0]?.(false);
    expect((await Promise.all(asked)).toSorted()).toEqual([S_OK, hresultOf('E_ACCESSDENIED')]);
  });

  it('is no if there is none for 10 seconds, and a later one changes nothing', async ({
    checked,
  }) => {
    const answers: ((yes: boolean) => void)[] = [];
    const asks = await checked({
      validateServerCertificate: () => new Promise((resolve) => answers.push(resolve)),
    });
    expect(await asks()).toBe(hresultOf('E_ABORT'));
    const again = asks();
    await eventually(() => {
      expect(answers).toHaveLength(2);
    });
    answers[0]?.(true);
    await Promise.resolve();
    answers[1]?.(false);
    expect(await again).toBe(hresultOf('E_ACCESSDENIED'));
  });
});

describe('what a function throws', () => {
  it.for([
    [
      'throws',
      () => {
        throw new Error('planted');
      },
    ],
    ['rejects', () => Promise.reject(new Error('planted'))],
  ] as const)('is a no, and an uncaught exception: it %s', async ([, fails], { checked }) => {
    const asks = await checked({ validateServerCertificate: fails });
    let answer = S_OK;
    const uncaught = await uncaughtDuring(async () => {
      answer = await asks();
    });
    expect(answer).toBe(hresultOf('E_ACCESSDENIED'));
    expect(uncaught).toEqual([new Error('planted')]);
  });
});

describe('no is also the answer', () => {
  it('to a question that waits as the object or its manager is closed', async ({
    scene,
    recorded,
    checked,
  }) => {
    const other = await scene.again(recorded.object, recorded.job.id);
    const ends = [() => other[Symbol.asyncDispose](), () => scene.manager.close()];
    for (const [at, job] of [other, recorded.job].entries()) {
      const heard = vi.fn(() => new Promise<boolean>(() => undefined));
      const asks = await checked({ validateServerCertificate: heard }, job);
      const asked = asks();
      await eventually(() => {
        expect(heard).toHaveBeenCalledOnce();
      });
      await ends[at]?.();
      expect(await asked).toBe(hresultOf('E_ACCESSDENIED'));
      // The service still has the callback object, and is not told to do without.
      expect(await asks()).toBe(hresultOf('E_ACCESSDENIED'));
      expect(heard).toHaveBeenCalledOnce();
    }
    expect(sinksOf(scene)).not.toContain(null);
  });

  it('to a question that waits as another function replaces its own', async ({ checked }) => {
    const heard = vi.fn(() => new Promise<boolean>(() => undefined));
    const asked = (await checked({ validateServerCertificate: heard }))();
    await eventually(() => {
      expect(heard).toHaveBeenCalledOnce();
    });
    const later = await checked(yes);
    expect(await asked).toBe(hresultOf('E_ACCESSDENIED'));
    expect(await later()).toBe(S_OK);
  });

  it.for(['cancel', 'complete'] as const)(
    'once the job has ended: %s()',
    async (end, { recorded, checked }) => {
      const asks = await checked(yes);
      await recorded.job[end]();
      expect(await asks()).toBe(hresultOf('E_ACCESSDENIED'));
    },
  );

  it.for([
    ['getState()', 'ACKNOWLEDGED'],
    ['an event', 'CANCELLED'],
  ] as const)(
    'once %s has shown that another process ended the job',
    async ([shown, state], { scene, recorded, checked }) => {
      const asks = await checked(yes);
      const heard = vi.fn();
      if (shown === 'an event') recorded.job.on('modification', heard);
      await settled(recorded);
      expect(await asks()).toBe(S_OK);
      enter(scene, recorded, state);
      if (shown === 'an event') {
        const [sink] = scene.sinks();
        if (!sink) throw new Error('the job has no callback object');
        await callBack(sink, recorded, 'JobModification');
        await settled(recorded);
        expect(heard).toHaveBeenLastCalledWith(expect.objectContaining({ state: 'cancelled' }));
      } else {
        expect(await recorded.job.getState()).toBe('acknowledged');
      }
      expect(await asks()).toBe(hresultOf('E_ACCESSDENIED'));
    },
  );
});

describe('setServerCertificateValidationInterface()', () => {
  it('with null removes the function', async ({ scene, recorded, checked }) => {
    const asks = await checked(yes);
    await recorded.job.setServerCertificateValidationInterface(null);
    expect(sinksOf(scene).at(-1)).toBeNull();
    expect(await asks()).toBe(hresultOf('E_ACCESSDENIED'));
  });

  it('that the service refuses leaves the function that is set', async ({
    scene,
    recorded,
    checked,
  }) => {
    const asks = await checked(yes);
    const hresult = hresultOf('BG_E_READ_ONLY_WHEN_JOB_ACTIVE');
    scene.tell(recorded.object, setInterface, { hresult });
    const { job } = recorded;
    for (const given of [null, { validateServerCertificate: () => false }]) {
      await expect(job.setServerCertificateValidationInterface(given)).rejects.toMatchObject({
        code: 'BG_E_READ_ONLY_WHEN_JOB_ACTIVE',
        operation: setInterface,
      });
    }
    expect(await asks()).toBe(S_OK);
  });

  it('names the interface that the service lacks', async ({ scene, recorded }) => {
    scene.deny(recorded.object, 'IBackgroundCopyJobHttpOptions3');
    await expect(recorded.job.setServerCertificateValidationInterface(yes)).rejects.toMatchObject({
      code: 'ERR_DOSVC_INTERFACE_MISSING',
      operation: setInterface,
    });
  });

  it('refuses anything but such an object, before anything is sent', async ({
    scene,
    recorded,
  }) => {
    const before = scene.calls().length;
    for (const [bad, code] of [
      [undefined, 'ERR_INVALID_ARG_TYPE'],
      [() => true, 'ERR_INVALID_ARG_TYPE'],
      [{}, 'ERR_INVALID_ARG_VALUE'],
      [{ validateServerCertificate: true }, 'ERR_INVALID_ARG_TYPE'],
    ] as const) {
      await expect(
        recorded.job.setServerCertificateValidationInterface(bad as never),
      ).rejects.toMatchObject({ name: 'TypeError', code });
    }
    expect(scene.calls()).toHaveLength(before);
  });
});

describe('a service that restarted', () => {
  it('is given the function again, and asks it', async ({ scene, recorded, checked }) => {
    await checked(yes);
    const again = restart(scene, recorded);
    accept(scene, again.object);
    await recorded.job.getState();
    expect(callsOf(scene, setInterface, again)).toBe(1);
    const sink = sinksOf(scene).at(-1);
    if (!sink) throw new Error('no callback object was set');
    expect(await ask(again, sink)).toBe(S_OK);
  });

  it("causes a 'warning' if it refuses the function", async ({ scene, recorded, checked }) => {
    await checked(yes);
    const again = restart(scene, recorded);
    const hresult = hresultOf('BG_E_READ_ONLY_WHEN_JOB_ACTIVE');
    scene.tell(again.object, setInterface, { hresult });
    const warned = vi.fn();
    recorded.job.on('warning', warned);
    await recorded.job.getState();
    await settled(recorded);
    expect(warned).toHaveBeenCalledExactlyOnceWith({
      code: 'BG_E_READ_ONLY_WHEN_JOB_ACTIVE',
      hresult,
      operation: setInterface,
    });
  });
});
