// SPDX-License-Identifier: MIT
// bundled.cjs WAY: as try.cjs, where a require() of the binary gives what a bundler makes of it: a
// 'namespace' object with the binding, or its 'path'.

const [, , way] = process.argv;
const load = require.extensions['.node'];
require.extensions['.node'] = (module, file) => {
  if (way === 'path') module.exports = file;
  else {
    load(module, file);
    module.exports = { default: module.exports };
  }
};
require('./try.cjs');
