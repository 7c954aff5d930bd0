// SPDX-License-Identifier: MIT
//
// What a command of `dosvc` is made of: how it is called, what its help says, and what it does.

import type { Output } from './output.js';

/** An option of a command. */
export interface OptionSpec {
  readonly type: 'string' | 'boolean';
  /** Whether it can be given more than once. */
  readonly multiple?: boolean;
  /** What stands for its value in the help, such as `<bytes>`. */
  readonly value?: string;
  readonly help: string;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

type ValueOf<Spec extends OptionSpec> = Spec['type'] extends 'boolean'
  ? boolean
  : Spec extends { readonly multiple: true }
    ? readonly string[]
    : string | undefined;

/** The values of a command's options. */
export type ValuesOf<Specs extends OptionSpecs> = {
  readonly [Name in keyof Specs]: ValueOf<Specs[Name]>;
};

/** A command line, parsed. */
export interface Given<Specs extends OptionSpecs> {
  /** What is given without a name, as many as the command's `parameters` allow. */
  readonly parameters: readonly string[];
  readonly options: ValuesOf<Specs>;
}

/** Where a command runs. */
export interface Context {
  readonly output: Output;
  /** Aborted by Ctrl+C. */
  readonly signal: AbortSignal;
  /** Tells the user something besides the output, on stderr. */
  readonly note: (text: string) => void;
}

export interface Command<Specs extends OptionSpecs = OptionSpecs> {
  readonly name: string;
  /** What is given without a name: `<id>`, `[<file>]` if it may be missing, `<code>...` for one or more. */
  readonly parameters: readonly string[];
  /** In the list of all commands. */
  readonly summary: string;
  /** More about it, a line each. */
  readonly more?: readonly string[];
  readonly options: Specs;
  /** Whether it ends by itself once the signal is aborted, because it has to clean up or to say something. */
  readonly stops?: boolean;
  /** Whether a parameter may be a negative number, which looks like an option. No option has a value then. */
  readonly negativeNumbers?: boolean;
  /** Resolves when it is done; whatever it rejects with decides the exit status. */
  run(given: Given<Specs>, context: Context): Promise<void>;
}

/** A command among others; the types of its options matter to itself only. */
export type AnyCommand = Command;

/** Declares a command, with the types of its options. */
export function command<const Specs extends OptionSpecs>(declared: Command<Specs>): AnyCommand {
  return declared;
}
