// SPDX-License-Identifier: MIT
// Transfers whose process is killed a few times. test/endurance kills it often.

import { test } from 'vitest';
import {
  changingFileEndures,
  rangesEndure,
  wholeFileEndures,
} from '../../scenarios/killed-transfers.js';
import { useServer } from '../../stand-in/client/transfers.js';

const scene = useServer();
const size = 4 << 20;

test('a whole file survives 5 kills', () => wholeFileEndures(scene, size, 5));

test('ranges of a file survive 5 kills', () => rangesEndure(scene, size, 5));

test('a file that changes on the server between kills is right in the end', () =>
  changingFileEndures(scene, size, 3));
