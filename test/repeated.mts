// SPDX-License-Identifier: MIT
// Tests that `npm run test:endurance` runs as well, and that then repeat more: see howOften().

export const repeated = ['test/unit/transfer/{download-hostile,http/{taken-up,stopped}}.test.ts'];
