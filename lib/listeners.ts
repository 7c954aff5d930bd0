// SPDX-License-Identifier: MIT
//
// One listener that throws keeps nothing from the others, and nothing from whoever tells them: what it
// throws is an uncaught exception, as everywhere in Node.

export function tellSafely(tell: () => void): void {
  try {
    tell();
  } catch (error) {
    process.nextTick(() => {
      throw error;
    });
  }
}
