// SPDX-License-Identifier: MIT
//
// The part of a file that is on disk. It is only appended to, and what arrives while it is written is
// written together next.

import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { fileError } from '../files/file-error.js';

// In bytes: how much may wait for the disk.
const mostWaiting = 1 << 20;

/** Is told how many bytes are on disk. */
type Written = (size: number) => void;

export class PartFile {
  readonly #path: string;
  readonly #handle: FileHandle;
  readonly #onWritten: Written;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #writing: Promise<void> | undefined;
  #turn: Promise<void> | undefined;
  #failure: unknown;
  #size: number;

  private constructor(path: string, handle: FileHandle, size: number, onWritten: Written) {
    this.#path = path;
    this.#handle = handle;
    this.#size = size;
    this.#onWritten = onWritten;
  }

  /**
   * Opens the file of a part, or creates it.
   *
   * @param size How many of its bytes are kept.
   * @param onWritten Called each time after bytes were written.
   */
  static async open(path: string, size: number, onWritten: Written): Promise<PartFile> {
    // A link in its place would lead the bytes elsewhere. Windows has no such flag.
    const { O_RDWR, O_CREAT, O_NOFOLLOW } = constants;
    try {
      const handle = await open(path, O_RDWR | O_CREAT | O_NOFOLLOW);
      const part = new PartFile(path, handle, size, onWritten);
      try {
        await handle.truncate(size);
      } catch (error) {
        await handle.close();
        throw error;
      }
      return part;
    } catch (error) {
      throw fileError(`The file ${path} cannot be written.`, error);
    }
  }

  /** The bytes that are on disk. */
  get size(): number {
    return this.#size;
  }

  /** Removes all bytes. Nothing may wait. */
  async empty(): Promise<void> {
    await this.#handle.truncate(0).catch((error: unknown) => {
      throw this.#errorOf(error);
    });
    this.#size = 0;
  }

  /** Appends bytes. Resolves as soon as more can be taken. */
  async append(bytes: Uint8Array): Promise<void> {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    this.#writing ??= this.#write();
    if (this.#waitingBytes >= mostWaiting) await this.#turn?.catch(() => undefined);
    if (this.#failure !== undefined) throw this.#errorOf(this.#failure);
  }

  /** Resolves when all bytes are written. */
  async flush(): Promise<void> {
    await this.#writing;
    if (this.#failure !== undefined) throw this.#errorOf(this.#failure);
  }

  async close(): Promise<void> {
    await this.#writing;
    await this.#handle.close();
  }

  // Writes until nothing waits. It does not reject: nobody may be waiting for it.
  async #write(): Promise<void> {
    try {
      while (this.#waiting.length > 0) {
        const pieces = this.#waiting;
        this.#waiting = [];
        this.#waitingBytes = 0;
        this.#turn = this.#writeAll(pieces);
        await this.#turn;
        this.#onWritten(this.#size);
      }
    } catch (error) {
      this.#failure = error;
    } finally {
      this.#writing = undefined;
    }
  }

  async #writeAll(pieces: Uint8Array[]): Promise<void> {
    const { bytesWritten } = await this.#handle.writev(pieces, this.#size);
    this.#size += bytesWritten;
    const bytes = pieces.reduce((sum, { length }) => sum + length, 0);
    if (bytesWritten === bytes) return;
    // The system may write less than it is given, before it says what is wrong.
    let left = Buffer.concat(pieces).subarray(bytesWritten);
    while (left.length > 0) {
      const { bytesWritten: more } = await this.#handle.write(left, 0, left.length, this.#size);
      this.#size += more;
      left = left.subarray(more);
    }
  }

  #errorOf(error: unknown): Error {
    return fileError(`The file ${this.#path} cannot be written.`, error);
  }
}
