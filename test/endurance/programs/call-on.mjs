// SPDX-License-Identifier: MIT
// A client of the stand-in's control class that runs until it is killed: it makes calls until one
// fails, then activates the class again, and so on. It prints the number of each process that
// answers, and each failure with its HRESULT. Its COM calls are synchronous, so that each step
// follows at once on the one before.

import koffi from 'koffi';

// As in test/stand-in/control/control.h.
const clsid = guidBytes('{6C0B4A52-9B1F-4E0A-8F43-2D5C7A9E61D3}');
const iid = guidBytes('{6C0B4A52-9B1F-4E0A-8F43-2D5C7A9E61D0}');
const slots = { Release: 2, Count: 8 };

const multithreaded = 0;
const localServer = 4;
const pointerSize = 8;
const ole32 = koffi.load('ole32.dll');
const initialize = ole32.func('int32_t CoInitializeEx(void *, uint32_t)');
const create = ole32.func('uint32_t CoCreateInstance(void *, void *, uint32_t, void *, void *)');
const types = {
  Release: koffi.proto('uint32_t Release(void *)'),
  // With one argument more than the method has, as in test/com/vtable.ts.
  Count: koffi.proto('uint32_t Count(void *, void *, void *, void *)'),
};

/** @param {string} text */
function guidBytes(text) {
  const bytes = Buffer.from(text.replaceAll(/[{}-]/g, ''), 'hex');
  bytes.subarray(0, 4).swap32();
  bytes.subarray(4, 8).swap16();
  return bytes;
}

/**
 * @param {bigint} object
 * @param {keyof typeof slots} name
 */
function method(object, name) {
  const table = koffi.decode(object, 'void *');
  return koffi.decode(koffi.decode(table, slots[name] * pointerSize, 'void *'), types[name]);
}

/**
 * @param {string} what
 * @param {number} hresult
 */
function tell(what, hresult) {
  console.log(`${what} 0x${hresult.toString(16)}`);
}

initialize(null, multithreaded);
const counter = Buffer.from('process\0', 'utf16le');
let server = 0n;
for (;;) {
  const room = Buffer.alloc(pointerSize);
  const activated = create(clsid, null, localServer, iid, room);
  if (activated !== 0) {
    tell('activation', activated);
    continue;
  }
  const object = room.readBigUInt64LE();
  const count = method(object, 'Count');
  const answer = Buffer.alloc(8);
  for (;;) {
    const called = count(object, counter, answer, null);
    if (called !== 0) {
      tell('call', called);
      break;
    }
    const by = answer.readBigUInt64LE();
    if (by !== server) console.log(`answered by ${String(by)}`);
    server = by;
  }
  method(object, 'Release')(object);
}
