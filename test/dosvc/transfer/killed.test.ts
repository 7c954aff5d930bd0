// SPDX-License-Identifier: MIT
// Transfers whose process dies some times; test/endurance has them die often.

import { test } from 'vitest';
import { changingFileEndures, rangesEndure, wholeFileEndures } from './killed.js';
import { useServer } from './scene.js';

const scene = useServer();
const size = 4 << 20;

test('a whole file, killed 5 times', () => wholeFileEndures(scene, size, 5));

test('ranges of a file, killed 5 times', () => rangesEndure(scene, size, 5));

test('a file that changes on the server between two kills', () =>
  changingFileEndures(scene, size, 3));
