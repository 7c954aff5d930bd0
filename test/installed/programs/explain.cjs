// SPDX-License-Identifier: MIT
// explain.cjs TEXT: prints what the package says of the code in a text.

const { explain } = require('dosvc');

console.log(JSON.stringify(explain(process.argv[2])));
