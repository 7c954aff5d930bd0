// SPDX-License-Identifier: MIT
// @ts-check
// Measures how long an event takes with the event loop asleep: from just before a service's thread
// calls JobModification on the package's sink to the first line of the listener. In between, the
// package reads the job's state and progress, here from an object in this process. The baseline: the
// same thread calls a callback that koffi registered, the shortest way to JavaScript, with no reads.

import { fileURLToPath } from 'node:url';
import koffi from 'koffi';
import { measurePairs } from './pairs.mjs';
import { withRecordedJobs } from './recorder.mjs';

const pairs = 100;
const events = 10;

function loadForeign() {
  const library = koffi.load(fileURLToPath(new URL('../build/bench/foreign.dll', import.meta.url)));
  const callback = koffi.proto('void DosvcBenchmarkCallback()');
  return {
    callback: koffi.pointer(callback),
    callSink: library.func('bool CallSink(uint64_t sink)'),
    callFunction: library.func('bool CallFunction(DosvcBenchmarkCallback *function)'),
    sinceCall: library.func('double SinceCall()'),
  };
}

/** A listener that takes the time, and a promise of its next call. */
class Heard {
  /** @type {((elapsed: number) => void) | undefined} */
  #next;
  #sinceCall;

  /** @param {() => number} sinceCall */
  constructor(sinceCall) {
    this.#sinceCall = sinceCall;
  }

  listener = () => {
    const elapsed = this.#sinceCall();
    this.#next?.(elapsed);
  };

  /**
   * @param {() => boolean} call
   * @returns {Promise<number>}
   */
  async of(call) {
    /** @type {Promise<number>} */
    const heard = new Promise((resolve) => {
      this.#next = resolve;
    });
    if (!call()) throw new Error('foreign.dll could not submit the call');
    return await heard;
  }

  /**
   * @param {() => boolean} call
   * @returns {import('./pairs.mjs').Side}
   */
  batches(call) {
    return async () => {
      let sum = 0;
      for (let i = 0; i < events; ++i) sum += await this.of(call);
      return { elapsed: sum / events };
    };
  }
}

/** @returns {Promise<import('./result.mjs').Result[]>} */
export function measureEvents() {
  const foreign = loadForeign();
  return withRecordedJobs(1, async ([recorded]) => {
    if (recorded === undefined) throw new Error('no job');
    const { job } = recorded;
    const [direct, event] = [new Heard(foreign.sinceCall), new Heard(foreign.sinceCall)];
    const callback = koffi.register(direct.listener, foreign.callback);
    // A listener alone does not keep the process alive.
    const alive = setInterval(() => {}, 60_000);
    try {
      job.on('modification', event.listener);
      // Runs after the subscription, which is ahead of it on the job's strand.
      await job.getState();
      const sink = BigInt(recorded.takeSink() ?? 0);
      const theirs = direct.batches(() => foreign.callFunction(callback));
      const callSink = event.batches(() => foreign.callSink(sink));
      const ours = async () => {
        const batch = await callSink();
        recorded.takeSink();
        return batch;
      };
      return [
        {
          name: 'callback to listener',
          beside: "koffi's callback",
          measured: await measurePairs('µs', pairs, theirs, ours),
        },
      ];
    } finally {
      clearInterval(alive);
      koffi.unregister(callback);
      job.off('modification', event.listener);
    }
  });
}
