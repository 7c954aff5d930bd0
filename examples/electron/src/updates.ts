// SPDX-License-Identifier: MIT
//
// The updates of the application, without Electron: events of electron-updater come in, states go out. dosvc
// changes nothing about it, but that a state says why a service waits.

import type { TransferProgress } from 'dosvc';
import type { AppUpdater, CancellationToken } from 'electron-updater';
import type { State } from './state.js';

type Updater = Pick<AppUpdater, 'on' | 'checkForUpdates' | 'quitAndInstall'>;

export class Updates {
  readonly #updater: Updater;
  readonly #show: (state: State) => void;
  #state: State = { name: 'up to date' };
  #token: CancellationToken | undefined;
  #version = '';
  #waitingFor: TransferProgress['waitingFor'] = null;

  /** @param show Is told each state. */
  constructor(updater: Updater, show: (state: State) => void) {
    this.#updater = updater;
    this.#show = show;
    this.#listen();
  }

  /** The state now. */
  get state(): State {
    return this.#state;
  }

  /** Checks for an update, and downloads it. Never rejects: what goes wrong is a state. */
  async check(): Promise<void> {
    // What it rejects with is also an event.
    const result = await this.#updater.checkForUpdates().catch(() => null);
    this.#token = result?.cancellationToken;
    await result?.downloadPromise?.catch(() => undefined);
  }

  /** Ends the download: nothing of it remains. */
  cancel(): void {
    this.#token?.cancel();
  }

  /** Quits, and installs what was downloaded. */
  install(): void {
    if (this.#state.name === 'ready') this.#updater.quitAndInstall();
  }

  /** For `onProgress` of attach(). */
  readonly heard = ({ waitingFor }: Pick<TransferProgress, 'waitingFor'>): void => {
    if (waitingFor === this.#waitingFor) return;
    this.#waitingFor = waitingFor;
    if (this.#state.name === 'downloading') this.#is({ ...this.#state, waitingFor });
  };

  #listen(): void {
    const updater = this.#updater;
    updater.on('checking-for-update', () => {
      this.#is({ name: 'checking' });
    });
    updater.on('update-not-available', () => {
      this.#is({ name: 'up to date' });
    });
    updater.on('update-available', ({ version }) => {
      this.#version = version;
      this.#downloading(0, 0);
    });
    updater.on('download-progress', ({ percent, bytesPerSecond }) => {
      this.#downloading(percent, bytesPerSecond);
    });
    updater.on('update-downloaded', ({ version }) => {
      this.#is({ name: 'ready', version });
    });
    updater.on('update-cancelled', () => {
      this.#is({ name: 'cancelled' });
    });
    updater.on('error', (error) => {
      this.#is({ name: 'failed', error: plain(error) });
    });
  }

  #downloading(percent: number, bytesPerSecond: number): void {
    const [version, waitingFor] = [this.#version, this.#waitingFor];
    this.#is({ name: 'downloading', version, percent, bytesPerSecond, waitingFor });
  }

  #is(state: State): void {
    this.#state = state;
    this.#show(state);
  }
}

/** An error as IPC can send it, which of an Error sends only the message. Those of dosvc have toJSON(). */
function plain(error: Error & { code?: string; toJSON?: () => object }): Record<string, unknown> {
  const { name, message, code } = error;
  return { name, message, code, ...error.toJSON?.() };
}
