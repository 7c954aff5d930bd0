// SPDX-License-Identifier: MIT
// Messages over a stream: each is V8's serialization of a value, after its length in four bytes.

const { deserialize, serialize } = require('node:v8');

const headerSize = 4;

/** @param {unknown} message */
exports.framed = (message) => {
  const body = serialize(message);
  const header = Buffer.alloc(headerSize);
  header.writeUInt32LE(body.length);
  return Buffer.concat([header, body]);
};

/**
 * Returns what takes the chunks of a stream and calls back with each message.
 * @param {(message: unknown) => void} onMessage
 */
exports.frames = (onMessage) => {
  let rest = Buffer.alloc(0);
  return (/** @type {Buffer} */ chunk) => {
    rest = Buffer.concat([rest, chunk]);
    while (rest.length >= headerSize) {
      const end = headerSize + rest.readUInt32LE();
      if (rest.length < end) return;
      const body = rest.subarray(headerSize, end);
      rest = rest.subarray(end);
      onMessage(deserialize(body));
    }
  };
};
