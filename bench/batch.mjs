// SPDX-License-Identifier: MIT
// @ts-check
// Times a batch of calls in this process.

/**
 * @param {number} calls
 * @param {() => Promise<unknown>} run makes all the calls
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
