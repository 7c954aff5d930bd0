// SPDX-License-Identifier: MIT
// apartment.mjs sta|security URL PATH: a host that uses COM on JavaScript's thread before it loads
// the package. Downloads a file, and prints the result.

import koffi from 'koffi';

const [what, url = '', path = ''] = process.argv.slice(2);
const ole32 = koffi.load('ole32.dll');
const initialize = ole32.func('int32_t __stdcall CoInitializeEx(void *, uint32_t)');
const secure = ole32.func(
  'int32_t __stdcall CoInitializeSecurity(void *, int32_t, void *, void *, uint32_t, uint32_t, void *, uint32_t, void *)',
);
const getApartment = ole32.func('int32_t __stdcall CoGetApartmentType(_Out_ int *, _Out_ int *)');
const [COINIT_MULTITHREADED, COINIT_APARTMENTTHREADED] = [0, 2];
const [RPC_C_AUTHN_LEVEL_PKT_PRIVACY, RPC_C_IMP_LEVEL_IMPERSONATE] = [6, 3];

/** This thread's APTTYPE. */
function apartment() {
  const [type, qualifier] = [[0], [0]];
  return getApartment(type, qualifier) === 0 ? type[0] : null;
}

const before = [initialize(null, what === 'sta' ? COINIT_APARTMENTTHREADED : COINIT_MULTITHREADED)];
if (what === 'security') {
  const levels = [RPC_C_AUTHN_LEVEL_PKT_PRIVACY, RPC_C_IMP_LEVEL_IMPERSONATE];
  before.push(secure(null, -1, null, null, ...levels, null, 0, null));
}
const apartments = [apartment()];

const { BackgroundCopyManager } = await import('dosvc');
// Every event comes from the service: no poll is in time.
const manager = await BackgroundCopyManager.connect({ service: 'bits', pollInterval: 600_000 });
const job = await manager.createJob('dosvc test');
await job.addFile(url, path);
const heard = [];
job.on('transferred', () => heard.push('transferred'));
job.on('error', ({ code }) => heard.push(code));
await job.resume();
await job.wait();
const { code } = await job.complete();
await manager.close();
apartments.push(apartment());
console.log(JSON.stringify({ before, heard, code, apartments }));
