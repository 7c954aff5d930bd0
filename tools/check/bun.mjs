// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:bun: runs the smoke suite under the Windows build of Bun.

import { prepare } from '../prepare.mjs';
import { bun, bunPath } from '../setup/bun.mjs';
import { carryOutAlone } from '../setup/step.mjs';
import { ground } from './ground.mjs';
import { windowsPlace } from './place.mjs';
import { smoke } from './smoke.mjs';

await ground('bun', async () => {
  await prepare();
  await carryOutAlone([bun]);
  return [{ where: windowsPlace(), ...(await smoke({ runtime: bunPath })) }];
});
