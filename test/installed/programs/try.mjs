// SPDX-License-Identifier: MIT
// try.mjs: imports the package, and reports on it.

import { BackgroundCopyManager, isSupported } from 'dosvc';
import { attach } from 'dosvc/electron-updater';
import report from './report.cjs';

report({ BackgroundCopyManager, isSupported }, { attach });
