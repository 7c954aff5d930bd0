// SPDX-License-Identifier: MIT
// What a failed test prints besides its assertion: the service that it ran on, Wine's version, the
// seed, and the last lines of the service's log.

import koffi from 'koffi';
import { beforeEach, inject } from 'vitest';
import { lastLines } from './stand-in/client/service-log.js';
import { underWine } from './system/under-wine.js';

function system(): string {
  if (!underWine) return 'Windows';
  const ntdll = koffi.load('ntdll.dll');
  return `Wine ${String(ntdll.func('const char *wine_get_version()')())}`;
}

function service(): string[] {
  switch (inject('service') as ReturnType<typeof inject<'service'>> | undefined) {
    case undefined:
      return ['without a service'];
    case 'bits':
      return ['on BITS, which keeps no log'];
    case 'delivery-optimization':
      return ['on the stand-in, whose log ends with', ...lastLines(20)];
  }
}

beforeEach(({ onTestFailed }) => {
  onTestFailed(() => {
    const seed = process.env.DOSVC_TEST_SEED ?? 'none';
    const [where = '', ...log] = service();
    console.error([`${system()}, DOSVC_TEST_SEED=${seed}, ${where}`, ...log].join('\n  '));
  });
});
