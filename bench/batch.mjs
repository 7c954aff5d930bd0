// SPDX-License-Identifier: MIT
// @ts-check
// A batch of calls of this process, on the clock.

/**
 * @param {number} calls
 * @param {() => Promise<unknown>} run makes them all
 * @returns {Promise<import('./pairs.mjs').Batch>}
 */
export async function timed(calls, run) {
  const cpuBefore = process.cpuUsage();
  const start = process.hrtime.bigint();
  await run();
  const elapsed = Number(process.hrtime.bigint() - start);
  const cpu = process.cpuUsage(cpuBefore);
  return { elapsed: elapsed / calls, cpu: ((cpu.user + cpu.system) * 1000) / calls };
}
