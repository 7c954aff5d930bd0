// SPDX-License-Identifier: MIT
// Preloaded in the process that the tests are in: provides process.send() and the event 'message', which
// Vitest's worker expects, over the socket that pool.mts listens on.

const { connect } = require('node:net');
const { isMainThread } = require('node:worker_threads');
const { frames, framed } = require('./frames.cjs');

function open() {
  const socket = connect(Number(process.env.DOSVC_TEST_CHANNEL), '127.0.0.1');
  socket.setNoDelay(true);
  const exit = process.exit.bind(process);
  const emit = process.emit.bind(process);

  process.send = (message) => socket.write(framed(message));
  socket.on(
    'data',
    frames((message) => emit('message', message)),
  );
  // Vitest's own process has ended, or ends this one.
  socket.on('close', () => exit());
  socket.on('error', () => exit(1));
}

// The workers of a test preload the same.
if (isMainThread) open();
