// SPDX-License-Identifier: MIT
// Transfers whose process dies again and again.

import { test } from 'vitest';
import {
  changingFileEndures,
  rangesEndure,
  wholeFileEndures,
} from '../../dosvc/transfer/killed.js';
import { useServer } from '../../dosvc/transfer/scene.js';

const scene = useServer();
const size = 24 << 20;

test('a whole file, killed 50 times', () => wholeFileEndures(scene, size, 50));

test('ranges of a file, killed 50 times', () => rangesEndure(scene, size, 50));

test('a file that changes on the server between two kills', () =>
  changingFileEndures(scene, size, 10));
