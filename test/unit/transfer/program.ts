// SPDX-License-Identifier: MIT
// Runs a program in a Node process of its own that imports files of lib/, which the package does not
// export. What it says, it says in a file: under Wine, Node cannot open a pipe as its stdout.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, posix } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';
import { afterEach } from 'vitest';
import { Output } from '../../processes/output.js';
import { underWine } from '../../system/under-wine.js';

const root = join(import.meta.dirname, '../../..');

export interface Program {
  process: ChildProcess;
  /** Resolves when its output contains the text, or is as it should be, with the output. */
  said(what: string | ((output: string) => boolean)): Promise<string>;
  /** Resolves with its output when it has ended. */
  ended(): Promise<string>;
  /** Ends it as a crash does. */
  kill(): Promise<void>;
}

const sockets = join(root, 'tools/win/sockets.cjs');
const forWine = underWine ? `--require ${JSON.stringify(sockets)}` : '';

/** Starts programs. Those that the current test started are ended after it. */
export class Programs {
  readonly #started: Program[] = [];

  constructor() {
    afterEach(async () => {
      for (const program of this.#started.splice(0)) await program.kill();
    });
  }

  /**
   * Starts a program, in a folder of its test in which all programs use the same module.
   *
   * @param module The file of lib/ that the program uses, without its extension; it has its exports.
   */
  start(folder: string, module: string, exports: string[], body: string): Program {
    const compiled = join(folder, 'compiled');
    // Other programs may be reading it.
    if (!existsSync(compiled)) compile(compiled, `${module}.ts`);
    const file = join(compiled, `program-${String(this.#started.length)}.js`);
    return this.#run(file, `import { ${exports.join(', ')} } from './${module}.js';\n${body}`);
  }

  /** Starts a program that uses the package, as it was built. */
  startUser(folder: string, exports: string[], body: string): Program {
    const library = createRequire(join(root, 'package.json')).resolve('dosvc');
    const file = join(folder, `user-${String(this.#started.length)}.mjs`);
    const from = JSON.stringify(pathToFileURL(library).href);
    return this.#run(file, `import { ${exports.join(', ')} } from ${from};\n${body}`);
  }

  #run(file: string, text: string): Program {
    const program = run(file, text);
    this.#started.push(program);
    return program;
  }
}

function run(file: string, text: string): Program {
  writeFileSync(file, text);
  const path = `${file}.txt`;
  const fd = openSync(path, 'w');
  const output = new Output(path);
  const env = { ...process.env, NODE_OPTIONS: forWine };
  const child = spawn(process.execPath, [file], { env, stdio: ['ignore', fd, fd] });
  closeSync(fd);
  const exit = once(child, 'exit').then(() => {
    output.close();
  });
  const over = () => child.exitCode !== null || child.signalCode !== null;
  return {
    process: child,
    said: async (what) => {
      const isThere = (output: string) =>
        typeof what === 'string' ? output.includes(what) : what(output);
      for (;;) {
        const ended = over();
        const { text } = output;
        if (isThere(text)) return text;
        if (ended) throw new Error(`It ended with other words: ${text}`);
        await sleep(10);
      }
    },
    ended: async () => {
      await exit;
      return output.text;
    },
    kill: async () => {
      if (!over()) child.kill('SIGKILL');
      await exit;
    },
  };
}

/** Compiles a file of lib/ and all that it imports. */
function compile(target: string, entry: string): void {
  const done = new Set<string>();
  const left = [entry];
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    const output = join(target, file.replace(/\.ts$/, '.js'));
    if (done.has(file)) continue;
    done.add(file);
    const source = readFileSync(join(root, file), 'utf8');
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: {
        target: ts.ScriptTarget.ES2023,
        module: ts.ModuleKind.ES2022,
        verbatimModuleSyntax: true,
      },
    });
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, outputText);
    for (const [, path = ''] of outputText.matchAll(/\bfrom '(\.[^']*)'/g)) {
      left.push(posix.join(posix.dirname(file), path).replace(/\.js$/, '.ts'));
    }
  }
  writeFileSync(join(target, 'package.json'), '{ "type": "module" }');
}
