// SPDX-License-Identifier: MIT
//
// dosvc get: downloads a file.

import { basename } from 'node:path';
import { download, KEEP } from '../../index.js';
import { command } from '../command.js';
import { reported } from '../failure.js';
import { goOn } from '../get/go-on.js';
import { optionSpecs, transferOptions, usualKey } from '../get/options.js';
import { Progress, type Drawing } from '../get/progress.js';
import { targetOf } from '../get/target.js';
import type { Output } from '../output.js';
import { withoutSecrets } from '../printable.js';

export const get = command({
  name: 'get',
  parameters: ['<url>', '[<file>]'],
  summary: 'Download a file',
  more: [
    '<file> may be a folder. Without a name, the server or the URL names the file. What stands',
    'there stays until the new file is whole and checked. After a crash, the same line',
    'continues where it was.',
  ],
  options: optionSpecs,
  stops: true,
  async run({ parameters: [url = '', given], options }, { output, signal, note }) {
    const settings = transferOptions(options);
    const file = await targetOf(url, given, options, signal);
    const key = options.key ?? usualKey(url, file);
    const progress = new Progress(
      output,
      { from: withoutSecrets(url), name: basename(file) },
      await drawing(output),
      note,
    );
    // A service that was told to go on is not stopped by Ctrl+C, but paused, and told again.
    const stop = new AbortController();
    signal.addEventListener('abort', () => {
      progress.stopping(options.detach);
      stop.abort(options.detach ? KEEP : undefined);
    });
    try {
      signal.throwIfAborted();
      const result = await download(url, file, {
        ...settings,
        key,
        signal: stop.signal,
        onStart: (start) => {
          progress.started(start);
        },
        onFailedAttempt: (attempt) => {
          progress.attemptFailed(attempt);
        },
        onProgress: (moved) => {
          progress.moved(moved);
        },
      });
      if ('file' in result) progress.done(result);
      else progress.detached(key);
    } catch (error) {
      const { begun } = progress;
      const isLeft = signal.aborted && options.detach && begun !== undefined;
      const trouble = isLeft ? await goOn(begun).catch(reported) : undefined;
      progress.failed();
      if (trouble !== undefined) note(`The service does not go on. ${trouble.message}`);
      throw error;
    }
  },
});

async function drawing(output: Output): Promise<Drawing | undefined> {
  if (!output.live) return undefined;
  // What draws takes packages, which the other commands do without.
  const [{ LiveView }, { flowed }] = await Promise.all([
    import('../live-view.js'),
    import('../table.js'),
  ]);
  return { view: new LiveView(output), flowed };
}
