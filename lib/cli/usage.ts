// SPDX-License-Identifier: MIT
//
// How the commands are called: reads a command line, names what is wrong with it, and prints the help.

import { parseArgs } from 'node:util';
import type { AnyCommand, Given, OptionSpec, OptionSpecs } from './command.js';
import { wrapped } from './prose.js';

// The help is the same everywhere, and fits the narrowest of usual screens.
const columns = 80;

/** What is wrong with a command line. The exit status is then 2. */
export class UsageError extends Error {
  /** The command whose line it is; undefined if it names none. */
  readonly command: AnyCommand | undefined;

  constructor(message: string, command?: AnyCommand) {
    super(message);
    this.command = command;
  }
}

/** The options that every command has. */
export const commonOptions = {
  json: { type: 'boolean', help: 'Print JSON, one object a line' },
  help: { type: 'boolean', help: 'Print this help' },
} as const satisfies OptionSpecs;

/** The option of the commands that talk to a service. */
export const serviceOption = {
  service: {
    type: 'string',
    value: '<name>',
    help: 'Only bits, delivery-optimization, or a class id {...}',
  },
} as const satisfies OptionSpecs;

/** A command line, with the options that every command has. */
export interface Parsed {
  readonly given: Given<OptionSpecs>;
  readonly json: boolean;
  readonly help: boolean;
}

/** Reads what follows the command's name. @throws {UsageError} */
export function parse(command: AnyCommand, args: readonly string[]): Parsed {
  const options: OptionSpecs = { ...command.options, ...commonOptions };
  const { values, positionals } = parsed(command, args, options);
  const { json, help, ...own } = values;
  const given: Record<string, unknown> = {};
  for (const [name, { type, multiple }] of Object.entries(command.options)) {
    given[name] = own[name] ?? (multiple ? [] : type === 'boolean' ? false : undefined);
  }
  if (help !== true) checkParameters(command, positionals);
  return {
    given: { parameters: positionals, options: given as Given<OptionSpecs>['options'] },
    json: json === true,
    help: help === true,
  };
}

interface Raw {
  values: Readonly<Record<string, unknown>>;
  positionals: string[];
}

function parsed(command: AnyCommand, args: readonly string[], options: OptionSpecs): Raw {
  try {
    return parseArgs({
      args: command.negativeNumbers === true ? optionsFirst(args) : [...args],
      options: {
        ...Object.fromEntries(
          Object.entries(options).map(([name, { type, multiple = false }]) => [
            name,
            { type, multiple },
          ]),
        ),
        help: { type: 'boolean', short: 'h' },
      },
      allowPositionals: true,
    });
  } catch (error) {
    // What Node advises in the sentences after the first one fits no command of ours.
    const [first = ''] = (error as Error).message.split(/\.\s|\n/);
    throw new UsageError(`${first.replace(/\.$/, '')}.`, command);
  }
}

// parseArgs() takes a negative number for options, unless it stands behind '--'.
function optionsFirst(args: readonly string[]): string[] {
  if (args.includes('--')) return [...args];
  const isOption = (argument: string) => /^-(?!\d)/.test(argument);
  const others = args.filter((argument) => !isOption(argument));
  return [...args.filter(isOption), '--', ...others];
}

function checkParameters(command: AnyCommand, given: readonly string[]): void {
  const { parameters } = command;
  const missing = parameters[given.length];
  if (missing !== undefined && !missing.startsWith('[')) {
    throw new UsageError(`${bare(missing)} is missing.`, command);
  }
  const surplus = given[parameters.length];
  if (surplus !== undefined && parameters.at(-1)?.endsWith('...') !== true) {
    throw new UsageError(`'${surplus}' is one argument too many.`, command);
  }
  const empty = given.indexOf('');
  if (empty >= 0) throw new UsageError(`${bare(parameters[empty])} is empty.`, command);
}

function bare(parameter = ''): string {
  return parameter.replace(/[[\].]/g, '');
}

/** The line that shows how a command is called. */
export function lineOf({ name, parameters }: AnyCommand): string {
  return ['dosvc', name, ...parameters, '[options]'].join(' ');
}

/** The help of a command. */
export function helpOf(command: AnyCommand): string {
  const { summary, more = [], options } = command;
  const rows = Object.entries<OptionSpec>({ ...options, ...commonOptions }).map(
    ([name, { value, help }]): [string, string] => [
      `--${name}${value === undefined ? '' : ` ${value}`}`,
      help,
    ],
  );
  const text = wrapped([`${summary}.`, ...more].join(' '), columns);
  return [`Usage: ${lineOf(command)}`, '', ...text, '', ...aligned(rows)].join('\n');
}

const closing =
  "'dosvc <command> --help' lists the options of a command. With --json, each prints JSON, one object a line. The exit status is 0 if it is done, 1 if it failed, 2 if the command line is wrong, and 130 after Ctrl+C.";

/** The help of the program. */
export function overview(commands: readonly AnyCommand[], version: string): string {
  const rows = commands.map(({ name, parameters, summary }): [string, string] => [
    [name, ...parameters].join(' '),
    summary,
  ]);
  return [
    `dosvc ${version}: downloads through Delivery Optimization and BITS`,
    '',
    'Usage: dosvc <command> [options]',
    '',
    ...aligned(rows),
    '',
    ...wrapped(closing, columns),
  ].join('\n');
}

function aligned(rows: readonly [string, string][]): string[] {
  const width = Math.max(...rows.map(([first]) => first.length));
  return rows.map(([first, second]) => `  ${first.padEnd(width)}  ${second}`);
}
