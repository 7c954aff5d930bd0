// SPDX-License-Identifier: MIT
// try.cjs: whether the package can be used here, and why not.

const { BackgroundCopyManager, isSupported } = require('dosvc');

const supported = isSupported();
BackgroundCopyManager.connect({ service: 'bits' }).then(
  async (manager) => {
    await manager.close();
    console.log(JSON.stringify({ supported, connected: true }));
  },
  ({ name, code, message, cause }) => {
    console.log(JSON.stringify({ supported, name, code, message, cause: cause?.message }));
  },
);
