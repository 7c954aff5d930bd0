// SPDX-License-Identifier: MIT
//
// A file that Delivery Optimization's later job interface adds without a path.

import { inspect, type InspectOptions } from 'node:util';
import type { HandleValue } from '../../typings/binding.js';
import { line } from '../inspection.js';
import { Remote } from '../remote/remote.js';
import { addedFileProperties, type AddedFileProperties } from './properties.js';

/**
 * A file that was added to a Delivery Optimization job without a path, by `addFile` of
 * `as('IDeliveryOptimizationJob2')`. Its properties say where it is written (`downloadSinkFilePath`)
 * and how it is checked. It ends with the service's process: from then on its calls reject.
 *
 * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationfile2
 */
export class AddedFile {
  readonly #remote: Remote;

  /** @internal */
  constructor(job: Remote, file: HandleValue) {
    this.#remote = new Remote(job.connection, file);
  }

  /**
   * Gets a property by name. Rejects with `E_NOT_SET` if it was never set.
   *
   * @returns The value, or null if the service returns none.
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationfile2-getproperty
   */
  getProperty<Name extends keyof AddedFileProperties>(
    name: Name,
  ): Promise<AddedFileProperties[Name] | null> {
    return addedFileProperties.get(this.#remote, name);
  }

  /**
   * Sets a property by name. Rejects with the service's own code if it refuses the value.
   *
   * @see https://learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationfile2-setproperty
   */
  setProperty<Name extends keyof AddedFileProperties>(
    name: Name,
    value: AddedFileProperties[Name],
  ): Promise<void> {
    return addedFileProperties.set(this.#remote, name, value);
  }

  /** The service that has the file, for `JSON.stringify()`. */
  toJSON(): { service: string } {
    return { service: this.#remote.connection.service.title };
  }

  /** @internal */
  [inspect.custom](_depth: number, options: InspectOptions): string {
    return line('AddedFile', this.toJSON(), options);
  }

  /** Closes this object. The file stays in its job. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#remote.close();
    return Promise.resolve();
  }
}
