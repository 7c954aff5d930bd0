// SPDX-License-Identifier: MIT
//
// The recorder as a class of this process, which this process and others connect to as to a service.

import { randomUUID } from 'node:crypto';
import { argumentSizes } from '../facts/argument-sizes.js';
import { published, rows } from '../facts/facts.js';
import { registerClass, setSizes } from './recorder.js';

for (const row of rows) setSizes(row, argumentSizes(row));

export const clsid = randomUUID();
registerClass(
  clsid,
  published.map(({ iid }) => iid),
);
