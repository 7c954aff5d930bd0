// SPDX-License-Identifier: MIT
// @ts-check
// An application with electron-updater, without Electron: a start of it, and what it has on disk.

import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * @typedef {object} Settings
 * @property {Record<string, string>} [headers]
 * @property {boolean} [differential]
 * @property {boolean} [multipleRanges] whether the feed is asked for several ranges in one request
 */

export class Application {
  /** @type {import('electron-updater').NsisUpdater} */
  updater;
  /**
   * What the updater emitted, in order; the same event several times on end is one.
   * @type {string[]}
   */
  events = [];
  /** @type {import('electron-updater').ProgressInfo[]} */
  progress = [];
  /**
   * What it said to its logger.
   * @type {string[]}
   */
  said = [];
  #cache;

  /**
   * Starts it.
   * @param {import('./packages.mjs').Package} pack
   * @param {string} folder what is on disk is the same for all starts with the same folder
   * @param {string} feed the address of its feed
   * @param {Settings} [settings]
   */
  constructor({ NsisUpdater, executor }, folder, feed, settings = {}) {
    const { multipleRanges = false, differential = false, headers = null } = settings;
    this.#cache = join(folder, 'app-updater');
    mkdirSync(this.#cache, { recursive: true });
    const config = join(folder, 'app-update.yml');
    const lines = [
      'provider: generic',
      `url: ${feed}`,
      'updaterCacheDirName: app-updater',
      `useMultipleRangeRequest: ${String(multipleRanges)}`,
    ];
    writeFileSync(config, lines.join('\n'));
    const app = {
      ...{ version: '1.0.0', name: 'app', isPackaged: true, appUpdateConfigPath: config },
      ...{ userDataPath: folder, baseCachePath: folder },
      whenReady: () => Promise.resolve(),
      relaunch: () => undefined,
      quit: () => undefined,
      onQuit: () => undefined,
    };
    // Without options, it reads the file.
    this.updater = new NsisUpdater(/** @type {any} */ (null), /** @type {any} */ (app));
    const say = (/** @type {unknown} */ message) => void this.said.push(String(message));
    Object.assign(this.updater, {
      httpExecutor: executor(),
      logger: { info: say, warn: say, error: say },
      requestHeaders: headers,
      disableWebInstaller: true,
      disableDifferentialDownload: !differential,
    });
    this.#listen();
  }

  /** Checks for an update, and waits until it is downloaded, or is not. */
  async update() {
    const { downloading } = await this.begin();
    await downloading;
  }

  /** Checks for an update. Returns what cancels its download, and what resolves at its end. */
  async begin() {
    const result = await this.updater.checkForUpdates();
    // What goes wrong is an event, too.
    const downloading = Promise.resolve(result?.downloadPromise).catch(() => undefined);
    return { cancel: () => result?.cancellationToken?.cancel(), downloading };
  }

  /**
   * Puts the installer of this version where the updater expects it, as after an installation.
   * @param {Buffer} content
   */
  installed(content) {
    writeFileSync(join(this.#cache, 'installer.exe'), content);
  }

  /** The files that the updater left for the installation, and what is in them. */
  get pending() {
    return filesIn(join(this.#cache, 'pending'));
  }

  /** What is left where the services write to. */
  get unfinished() {
    return Object.keys(filesIn(join(this.#cache, 'dosvc')));
  }

  #listen() {
    const { updater, events } = this;
    const heard = (/** @type {string} */ event) => {
      if (events.at(-1) !== event) events.push(event);
    };
    updater.on('checking-for-update', () => heard('checking-for-update'));
    updater.on('update-available', ({ version }) => heard(`update-available ${version}`));
    updater.on('update-not-available', ({ version }) => heard(`update-not-available ${version}`));
    updater.on('download-progress', (info) => {
      this.progress.push(info);
      heard('download-progress');
    });
    updater.on('update-cancelled', ({ version }) => heard(`update-cancelled ${version}`));
    updater.on('update-downloaded', ({ version, downloadedFile }) => {
      heard(`update-downloaded ${version} ${basename(downloadedFile)}`);
    });
    updater.on('error', (error) => {
      const { code = '-' } = /** @type {NodeJS.ErrnoException} */ (error);
      heard(`error ${code} ${error.message.replace(/https?:[^\s"]+/g, 'URL')}`);
    });
  }
}

/** @param {string} folder @returns {Record<string, string>} */
function filesIn(folder) {
  const names = existsSync(folder) ? readdirSync(folder).sort() : [];
  return Object.fromEntries(names.map((name) => [name, digestOf(join(folder, name))]));
}

/** @param {string} file */
function digestOf(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 16);
}
