// SPDX-License-Identifier: MIT
// try.cjs: requires the package, and reports on it.

const dosvc = require('dosvc');
const updates = require('dosvc/electron-updater');
const report = require('./report.cjs');

report(dosvc, updates);
