// SPDX-License-Identifier: MIT
// bundled.cjs WAY: as try.cjs, where a require() of the binary gives what a bundler makes of it: a
// 'namespace' object with the binding, 'its path', 'its bytes' or 'nothing'.

const { readFileSync } = require('node:fs');

const [, , way] = process.argv;
const load = require.extensions['.node'];
const ways = {
  namespace: (module, file) => {
    load(module, file);
    module.exports = { default: module.exports };
  },
  'its path': (module, file) => {
    module.exports = file;
  },
  'its path in a namespace object': (module, file) => {
    module.exports = { __esModule: true, default: file };
  },
  'its bytes': (module, file) => {
    module.exports = readFileSync(file);
  },
  nothing: (module) => {
    module.exports = {};
  },
};
require.extensions['.node'] = ways[way];
require('./try.cjs');
