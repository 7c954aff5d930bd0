// SPDX-License-Identifier: MIT
//
// Our IBackgroundCopyCallback with its successors, as the service holds it: one per job and
// environment. When it ends, native code undoes what it set on the job: it withdraws the interface and
// puts the flags back.

import type { Handle, Loan, SinkEvent } from '../../typings/binding.js';
import { binding, listen, unlisten } from '../remote/loader.js';
import type { DosvcError } from '../errors.js';
import type { Callback } from '../feed/subject.js';
import { notifyFlag } from '../generated/enums.js';
import { callOf } from '../remote/calls.js';
import type { Remote } from '../remote/remote.js';
import { fileNames } from './file.js';
import { lookCalls } from './job-look.js';

const setNotifyInterface = 'IBackgroundCopyJob::SetNotifyInterface';
const setNotifyFlags = 'IBackgroundCopyJob::SetNotifyFlags';

type JobSinkEvent = SinkEvent<'job', typeof lookCalls, typeof fileNames>;

// A service that lacks the callback of a flag refuses the flag, so it must not refuse the others with it.
const laterFlags = [notifyFlag['file-transferred'], notifyFlag['file-ranges-transferred']];
const firstFlags = ~laterFlags.reduce((all, flag) => all | flag, 0);

export class JobSink implements Callback<Remote> {
  /** Undefined, because the callback object outlives the object on which it was created. */
  readonly connection = undefined;
  readonly #handle: Handle;
  #ended = false;

  constructor(remote: Remote, called: (event: JobSinkEvent) => void) {
    this.#handle = remote.sink('job', lookCalls, fileNames);
    listen<'job', typeof lookCalls, typeof fileNames>(this.#handle, called);
  }

  async set(remote: Remote, wants: number, renewed: boolean): Promise<readonly DosvcError[]> {
    const flags = this.#flagsCalls(wants, renewed ? 'renew' : 'add');
    return remote.hopFirst(setNotifyInterface, [this.interfaceCall, ...flags]);
  }

  async widen(remote: Remote, wants: number): Promise<readonly DosvcError[]> {
    return wants === 0 ? [] : remote.hopFirst(setNotifyFlags, this.#flagsCalls(wants, 'add'));
  }

  #flagsCalls(wants: number, how: Loan['how']) {
    return [firstFlags, ...laterFlags]
      .map((flags) => wants & flags)
      .filter((flags) => flags !== 0)
      .map((flags) => this.flagsCall(flags, how));
  }

  get ended(): boolean {
    return this.#ended;
  }

  mute(): void {
    unlisten(this.#handle);
  }

  end(): void {
    this.mute();
    this.#ended = true;
    binding().release(this.#handle);
  }

  /** The call that sets it as the job's notify interface. */
  get interfaceCall() {
    const sink = { handle: this.#handle };
    return {
      ...callOf(setNotifyInterface, [sink]),
      loan: { sink, read: 'IBackgroundCopyJob::GetNotifyInterface', how: 'set' },
    } as const;
  }

  flagsCall(flags: number, how: Loan['how']) {
    const sink = { handle: this.#handle };
    return {
      ...callOf(setNotifyFlags, [flags]),
      loan: { sink, read: 'IBackgroundCopyJob::GetNotifyFlags', how },
    } as const;
  }
}
