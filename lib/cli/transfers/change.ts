// SPDX-License-Identifier: MIT
//
// The commands that change one transfer: they differ in the call, and in what they say of it.

import type { Success } from '../../index.js';
import { command, type AnyCommand } from '../command.js';
import { serviceOption } from '../usage.js';
import { withTransfer } from './find.js';
import type { Transfer } from './transfer.js';

interface Change {
  readonly name: string;
  readonly summary: string;
  readonly more?: readonly string[];
  /** What has become of the transfer. */
  readonly said: string;
  readonly call: (transfer: Transfer) => Promise<Success>;
}

export function change({ name, summary, more, said, call }: Change): AnyCommand {
  return command({
    name,
    parameters: ['<id>'],
    summary,
    ...(more !== undefined && { more }),
    options: serviceOption,
    async run({ parameters, options }, { output, note }) {
      await withTransfer(parameters[0], options.service, note, async (transfer) => {
        const { code, hresult } = await call(transfer);
        const { service, id } = transfer;
        output.object({ kind: 'change', command: name, service, id, code, hresult });
        output.text(code === 'S_OK' ? said : `${said} (${code})`);
      });
    },
  });
}
