// SPDX-License-Identifier: MIT
// try.cjs: prints whether the package can be used here and, if not, why.

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
