// SPDX-License-Identifier: MIT
// Calls a job through the binding, for what the library refuses to send or does not report.

import type { HandleValue, Value } from '../../typings/binding.js';
import { binding } from '../binding/raw-binding.js';
import { service } from './service.js';

const patience = 60_000;

/** Calls a method of a job. */
export async function raw(id: string, method: string, ...args: Value[]): Promise<Value> {
  const { value } = await binding.connect([service.clsid, 'IBackgroundCopyManager'], patience);
  const manager = (value as HandleValue).handle;
  const call = async (handle: number, row: string, given: Value[]) =>
    (await binding.invoke(handle, row, given, patience)).value;
  const found = await call(manager, 'IBackgroundCopyManager::GetJob', [id]);
  const job = (found as HandleValue).handle;
  const result = await call(job, `IBackgroundCopyJob::${method}`, args);
  for (const handle of [manager, job]) binding.release(handle);
  return result;
}
