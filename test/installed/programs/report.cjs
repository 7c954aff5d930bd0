// SPDX-License-Identifier: MIT
// Prints whether the package can be used here and, if not, why; and what it tells an updater to which it is
// attached.

module.exports = ({ BackgroundCopyManager, isSupported }, { attach }) => {
  const supported = isSupported();
  const said = [];
  const say = (line) => said.push(line);
  const download = () => Promise.resolve('');
  const updater = { logger: { info: say, warn: say }, httpExecutor: { download } };
  const detach = attach(updater);
  const attached = updater.httpExecutor.download !== download;
  void detach();
  const facts = { supported, attached, said };
  BackgroundCopyManager.connect({ service: 'bits' }).then(
    async (manager) => {
      await manager.close();
      console.log(JSON.stringify({ ...facts, connected: true }));
    },
    ({ name, code, message, cause }) => {
      console.log(JSON.stringify({ ...facts, name, code, message, cause: cause?.message }));
    },
  );
};
