// SPDX-License-Identifier: MIT
// @ts-check
// npm run check:wine-10: runs the smoke suite on Wine 10 under several Windows builds of Node, of which
// the newer ones do not start on Wine 8. The last line counts its checks.

import { prepare } from '../prepare.mjs';
import { useWine } from '../win/which-wine.mjs';
import { ground } from './ground.mjs';
import { windowsPlace } from './place.mjs';
import { smoke } from './smoke.mjs';

const nodes = ['22', '24', '26'];

await ground('wine-10', async () => {
  useWine('10');
  await prepare('product', nodes);
  const outcomes = [];
  for (const node of nodes) {
    outcomes.push({ where: windowsPlace(), ...(await smoke({ runtime: node })) });
  }
  return outcomes;
});
