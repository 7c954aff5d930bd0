// SPDX-License-Identifier: MIT
// What a command of dosvc prints with `--json`, checked against the schema that the package ships.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';

const file = join(import.meta.dirname, '../../docs/cli.schema.json');
const ajv = new Ajv2020({ strict: true, allErrors: true, allowUnionTypes: true });
ajv.addFormat('date-time', (text) => new Date(text).toJSON() === text);
ajv.addSchema(JSON.parse(readFileSync(file, 'utf8')) as object, 'cli');

/** The objects of the lines. Throws if one is not as the schema has it for this command. */
export function objectsIn(command: string, stdout: string): Record<string, unknown>[] {
  return stdout
    .split(/\r?\n/)
    .filter((line) => line !== '')
    .map((line) => {
      if (!/^[ -~]+$/.test(line)) throw new Error(`Not ASCII: ${line}`);
      const object = JSON.parse(line) as Record<string, unknown>;
      for (const schema of ['cli', `cli#/$defs/${command}Output`]) {
        if (ajv.validate(schema, object)) continue;
        throw new Error(`${schema}: ${ajv.errorsText()}: ${line}`);
      }
      return object;
    });
}
