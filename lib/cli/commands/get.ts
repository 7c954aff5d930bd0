// SPDX-License-Identifier: MIT
//
// dosvc get: downloads a file.

import { existsSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { download, KEEP } from '../../index.js';
import { command } from '../command.js';
import { askedName } from '../get/asked-name.js';
import { nameFrom } from '../get/file-name.js';
import { headersIn, optionSpecs, transferOptions, usualKey } from '../get/options.js';
import { Progress, type Drawing } from '../get/progress.js';
import type { Output } from '../output.js';
import { withoutSecrets } from '../printable.js';
import { UsageError } from '../usage.js';

export const get = command({
  name: 'get',
  parameters: ['<url>', '[<file>]'],
  summary: 'Download a file',
  more: [
    'Without <file>, the server or the URL names it. What stands there stays until the new',
    'file is whole and checked. After a crash, the same line continues where it was.',
  ],
  options: optionSpecs,
  async run({ parameters: [url = '', given], options }, { output, signal }) {
    const settings = transferOptions(options);
    const file = resolve(given ?? (await chosenName(url, options, signal)));
    const key = options.key ?? usualKey(url, file);
    const progress = new Progress(
      output,
      withoutSecrets(url),
      basename(file),
      await drawing(output),
    );
    // A service that was told to go on is not stopped by Ctrl+C.
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
        onProgress: (moved) => {
          progress.moved(moved);
        },
      });
      if ('file' in result) progress.done(result);
      else progress.detached(key);
    } catch (error) {
      progress.failed();
      throw error;
    }
  },
});

/** The name that nobody here has given. */
async function chosenName(
  url: string,
  { header, sha256, sha512 }: { header: readonly string[]; sha256: unknown; sha512: unknown },
  signal: AbortSignal,
): Promise<string> {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new UsageError('<url> must be an absolute http or https URL.');
  }
  const inAddress = nameFrom(url);
  const asked = await askedName(url, headersIn(header), signal);
  const name = asked ?? inAddress;
  if (name === undefined) {
    throw new UsageError('Neither the server nor <url> names the file: give <file>.');
  }
  // Who typed the URL has seen its name; what a server chooses must not replace a file of theirs.
  const checked = sha256 !== undefined || sha512 !== undefined;
  if (name !== inAddress && !checked && existsSync(name)) {
    throw new UsageError(`The server names the file '${name}', which exists: give <file>.`);
  }
  return name;
}

async function drawing(output: Output): Promise<Drawing | undefined> {
  if (!output.live) return undefined;
  // What draws takes packages, which the other commands do without.
  const [{ LiveView }, { flowed }] = await Promise.all([
    import('../live-view.js'),
    import('../table.js'),
  ]);
  return { view: new LiveView(output), flowed };
}
