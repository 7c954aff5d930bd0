// SPDX-License-Identifier: MIT
// @ts-check
// The real electron-updater, in the oldest and the newest version that it is attached to, and what it
// needs outside of Electron: an executor over Node's own http, as its own tests have one. JavaScript,
// because programs of their own load it, too.

import { request } from 'node:http';
import { createRequire } from 'node:module';

/**
 * @typedef {import('../../lib/electron-updater/surface.js').DownloadOptions} DownloadOptions
 *
 * @typedef {object} Package
 * @property {string} name
 * @property {typeof import('electron-updater').NsisUpdater} NsisUpdater
 * @property {() => object} executor makes an executor that does not know Electron
 */

/**
 * @param {string} name
 * @returns {Package}
 */
export function load(name) {
  const main = createRequire(import.meta.url).resolve(name);
  const own = createRequire(main);
  const { HttpExecutor, configureRequestUrl, configureRequestOptions } =
    own('builder-util-runtime');

  class Executor extends HttpExecutor {
    /**
     * As that of Electron, but with Node's requests.
     * @param {URL} url
     * @param {string} destination
     * @param {any} options
     */
    download(url, destination, options) {
      return options.cancellationToken.createPromise(
        (
          /** @type {(file: string) => void} */ resolve,
          /** @type {(error: Error) => void} */ reject,
          /** @type {(handler: () => void) => void} */ onCancel,
        ) => {
          const asked = { headers: options.headers };
          configureRequestUrl(url, asked);
          configureRequestOptions(asked);
          const callback = (/** @type {Error | null | undefined} */ error) => {
            if (error) reject(error);
            else resolve(destination);
          };
          const download = { destination, options, onCancel, callback, responseHandler: null };
          this.doDownload(asked, download, 0);
        },
      );
    }

    /**
     * @param {import('node:http').RequestOptions} options
     * @param {(response: import('node:http').IncomingMessage) => void} callback
     */
    createRequest(options, callback) {
      // With a connection of its own: it adds listeners to its socket.
      return request({ ...options, agent: false }, callback);
    }
  }
  return { name, NsisUpdater: own(main).NsisUpdater, executor: () => new Executor() };
}

export const newest = load('electron-updater');
export const oldest = load('electron-updater-oldest');
