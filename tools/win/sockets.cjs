// SPDX-License-Identifier: MIT
// @ts-check
// Preloaded into the Windows Node under Wine. Wine 8 does not have the socket options by which libuv keeps
// a connection alive. If they are asked for before the connection, it fails, and so does every fetch();
// after it, Node ignores that.

const { Socket } = require('node:net');

const { setKeepAlive } = Socket.prototype;

/** @type {typeof setKeepAlive} */
Socket.prototype.setKeepAlive = function (...args) {
  if (!this.connecting) return setKeepAlive.apply(this, args);
  return this.once('connect', () => {
    setKeepAlive.apply(this, args);
  });
};
