// SPDX-License-Identifier: MIT
// Transfers whose process is killed repeatedly.

import { test } from 'vitest';
import {
  changingFileEndures,
  rangesEndure,
  wholeFileEndures,
} from '../../scenarios/killed-transfers.js';
import { useServer } from '../../stand-in/client/transfers.js';

const scene = useServer();
const size = 24 << 20;

test('the transfer of a whole file survives 50 kills', () => wholeFileEndures(scene, size, 50));

test('the transfer of ranges of a file survives 50 kills', () => rangesEndure(scene, size, 50));

test('the transfer of a file that changes on the server between kills survives them', () =>
  changingFileEndures(scene, size, 10));
