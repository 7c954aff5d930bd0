// SPDX-License-Identifier: MIT
//
// dosvc diagnose: what keeps downloads from working, on this computer or from a server.

import { diagnose as diagnoseSystem } from '../../index.js';
import { command } from '../command.js';
import { printable } from '../printable.js';

export const diagnose = command({
  name: 'diagnose',
  parameters: ['[<url>]'],
  summary: 'Find out what keeps downloads from working',
  more: [
    'With <url>, the server is asked what the services would ask. Nothing is started without',
    '--start. The exit status is 0 once the report is made, whatever it says.',
  ],
  options: {
    start: { type: 'boolean', help: 'Start both services, and try a small job on each' },
  },
  stops: true,
  async run({ parameters: [url], options: { start } }, { output, signal }) {
    const report = await diagnoseSystem({ ...(url !== undefined && { url }), start, signal });
    output.object({ kind: 'report', ...report });
    const lines = report.toString(output.columns).trimEnd().split('\n');
    output.text(...lines.map(printable));
  },
});
