// SPDX-License-Identifier: MIT
// @ts-check
// Writes the translation unit that has both our declarations and the SDK's, and the checks that the
// compiler makes of them: each is one static_assert, on a line of its own, with the check's name.

/** @typedef {{ name: string, condition: string }} Check */

/** The SDK's macros hide our constants of the same names, so ours are copied before. */
const copied = ['enums', 'hresults', 'constants'];

/** @param {string[]} headers */
function includes(headers) {
  return headers.map((name) => `#include <${name}>`).join('\n');
}

/**
 * @param {object} given
 * @param {string[]} given.ourHeaders
 * @param {string[]} given.sdkHeaders
 * @param {string[]} given.constants the names of our constants
 */
export function head({ ourHeaders, sdkHeaders, constants }) {
  const copies = constants.map(
    (name) => `constexpr auto ours_${name} = static_cast<unsigned long long>(dosvc::abi::${name});`,
  );
  return [
    ...copied.map((name) => `#include "generated/${name}.h"`),
    'namespace {',
    ...copies,
    '}',
    includes(['windows.h', 'objbase.h', 'winhttp.h', ...sdkHeaders]),
    ...ourHeaders.map((name) => `#include "${name}"`),
    '#include "theirs.h"',
    '',
  ].join('\n');
}

/**
 * Classes that make the compiler lay out the vtable of each interface, ours and the SDK's.
 * @param {Record<'Ours' | 'Theirs', string[]>} interfaces
 */
export function probes(interfaces) {
  const space = { Ours: 'dosvc::abi::', Theirs: '::' };
  return Object.entries(interfaces).flatMap(([side, names]) =>
    names.map((each) => {
      const name = `${side}_${each}`;
      const base = `${space[/** @type {'Ours' | 'Theirs'} */ (side)]}${each}`;
      return {
        name,
        definition: `struct ${name} : ${base} { ${name}(); };\n${name}::${name}() {}`,
      };
    }),
  );
}

/**
 * Pairs our types with the SDK's types of the same names.
 * @param {string[]} names
 */
export function pairs(names) {
  const lines = names.map(
    (name) => `template <> struct Counterpart<dosvc::abi::${name}> { using As = ::${name}; };`,
  );
  return `namespace conformance {\n${lines.join('\n')}\n}\nusing namespace conformance;\n`;
}

/** @param {Check[]} checks */
export function assertions(checks) {
  return checks
    .map(({ name, condition }) => `static_assert(${condition}, ${JSON.stringify(name)});`)
    .join('\n');
}
