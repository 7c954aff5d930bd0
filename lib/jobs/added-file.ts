// SPDX-License-Identifier: MIT

import type { HandleValue } from '../../typings/binding.js';
import { Remote } from '../remote.js';
import { addedFileProperties, type AddedFileProperties } from './properties.js';

/**
 * A file that was added to a job of Delivery Optimization without a path: its properties say where
 * it goes (`downloadSinkFilePath`) and how it is checked.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationfile2
 */
export class AddedFile {
  readonly #remote: Remote;

  /** @internal */
  constructor(job: Remote, file: HandleValue) {
    this.#remote = new Remote(job.connection, file);
  }

  /** A property, by its name. Rejects `E_NOT_SET` for one that was never set. */
  getProperty<Name extends keyof AddedFileProperties>(
    name: Name,
  ): Promise<AddedFileProperties[Name] | null> {
    return addedFileProperties.get(this.#remote, name);
  }

  setProperty<Name extends keyof AddedFileProperties>(
    name: Name,
    value: AddedFileProperties[Name],
  ): Promise<void> {
    return addedFileProperties.set(this.#remote, name, value);
  }

  /** Lets go of this object. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#remote.close();
    return Promise.resolve();
  }
}
