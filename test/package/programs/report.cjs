// SPDX-License-Identifier: MIT
// Prints whether the package can be used here and, if not, why.

module.exports = ({ BackgroundCopyManager, isSupported }) => {
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
};
