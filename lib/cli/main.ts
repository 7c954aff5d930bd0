// SPDX-License-Identifier: MIT
//
// The program `dosvc`: finds the command, runs it, and turns what became of it into an exit status.

import { version } from '../../package.json';
import type { AnyCommand } from './command.js';
import { commands } from './commands.js';
import {
  done,
  failed,
  failureObject,
  interrupted,
  reported,
  usageErrorIn,
  wrongUsage,
} from './failure.js';
import { Interruption } from './interruption.js';
import { Output } from './output.js';
import { helpOf, lineOf, overview, parse, UsageError } from './usage.js';

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args;
  try {
    switch (name) {
      case '--version':
        return print(version);
      case '--help':
      case '-h':
        return print(overview(commands, version));
      case 'help':
        return print(rest[0] === undefined ? overview(commands, version) : helpOf(find(rest[0])));
      default:
        return await run(find(name), rest);
    }
  } catch (error) {
    if (error instanceof UsageError) return complain(error);
    throw error;
  }
}

function print(text: string): number {
  process.stdout.write(`${text}\n`);
  return done;
}

function find(name: string | undefined): AnyCommand {
  if (name === undefined) throw new UsageError('The command is missing.');
  const found = commands.find((command) => command.name === name);
  if (found === undefined) throw new UsageError(`'${name}' is not a command.`);
  return found;
}

async function run(command: AnyCommand, args: readonly string[]): Promise<number> {
  const { given, json, help } = parse(command, args);
  if (help) return print(helpOf(command));
  const output = new Output(process.stdout, json);
  const { signal } = new Interruption();
  const note = (text: string) => {
    process.stderr.write(`dosvc: ${text}\n`);
  };
  try {
    const running = command.run(given, { output, signal, note });
    // A command that changes nothing here need not wait for a service that does not answer.
    await (command.stops === true ? running : Promise.race([running, abortOf(signal)]));
    return done;
  } catch (error) {
    if (signal.aborted) return interrupted;
    const usage = usageErrorIn(error, command);
    if (usage !== undefined) throw usage;
    output.object(failureObject(error));
    note(reported(error).message);
    return failed;
  }
}

function abortOf(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => {
      reject(signal.reason as Error);
    });
  });
}

function complain({ message, command }: UsageError): number {
  const lines =
    command === undefined
      ? [
          'Usage: dosvc <command> [options]',
          `Commands: ${commands.map(({ name }) => name).join(', ')}`,
          "'dosvc --help' says what they do.",
        ]
      : [`Usage: ${lineOf(command)}`, `'dosvc ${command.name} --help' lists the options.`];
  process.stderr.write([`dosvc: ${message}`, ...lines, ''].join('\n'));
  return wrongUsage;
}

// How long a call that hangs may hold the process once everything is said, in milliseconds.
const patience = 2000;

void main(process.argv.slice(2)).then((status) => {
  // Not process.exit(), which would cut off what a pipe has not taken yet.
  process.exitCode = status;
  setTimeout(() => process.exit(), patience).unref();
});
