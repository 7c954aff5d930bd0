// SPDX-License-Identifier: MIT
//
// The plain values that cross the boundary.

/** Stands for an object of a service or a callback object of ours, until `Binding.release`. */
export type Handle = number;

/** A handle as a value, in arguments and results. */
export interface HandleValue {
  handle: Handle;
}

/**
 * A value that crosses the boundary. A 64-bit integer is a number, or null if all its bits are set (an
 * unknown size, "to the end"). A FILETIME is the milliseconds since 1970 (UTC), or null if it is not
 * set. A GUID is a string, and a VARIANT is `{ vt, value }`. A method with several results returns them
 * as an array, in the order of its IDL. One argument list may have at most 128 levels, 1,048,576 values
 * and 64 MiB of text and bytes; more is a RangeError.
 */
export type Value =
  | null
  | boolean
  | number
  | string
  | Uint8Array
  | HandleValue
  | readonly Value[]
  | { readonly [field: string]: Value };
