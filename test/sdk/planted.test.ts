// SPDX-License-Identifier: MIT
// The check against the Windows SDK can fail: each kind of mistake, planted in a copy of our
// declarations, of the records or of the exceptions, is found, and named.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const root = join(__dirname, '../..');

let copy = '';

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'dosvc-planted-'));
  for (const path of ['native', 'test/abi', 'tools/sdk/conformance/reasons.json']) {
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
});

afterEach(() => {
  rmSync(copy, { recursive: true });
});

/** Puts one text in the place of another, wherever it stands. */
function plant(path: string, right: string, wrong: string) {
  const file = join(copy, path);
  const text = readFileSync(file, 'utf8');
  expect(text).toContain(right);
  writeFileSync(file, text.replaceAll(right, wrong));
}

function check(target = 'x86_64') {
  const command = ['tools/sdk/conformance.mjs', '--root', copy, '--target', target];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, last: stdout, faults: stderr.split('\n').filter(Boolean) };
}

/** The faults are these, in any order, and no others. */
function expectFaults(faults: string[], target?: string) {
  const found = check(target);
  expect(found.faults.toSorted()).toEqual(faults.toSorted());
  expect(found.last).toContain(` passed, ${String(faults.length)} failed`);
  expect(found.status).toBe(1);
}

it('finds nothing where nothing was planted', () => {
  const { status, last, faults } = check();
  expect(faults).toEqual([]);
  expect(last).toMatch(/^\d{4} passed, 0 failed\n$/);
  expect(status).toBe(0);
});

it('finds an IID', () => {
  plant('native/jobs/error.h', '0x19c613a0', '0x19c613a1');
  expectFaults(['IBackgroundCopyError: its IID: differs from the SDK (x86_64)']);
});

it('finds an interface with another base', () => {
  plant(
    'native/jobs/job.h',
    'IBackgroundCopyJob4 : IBackgroundCopyJob3',
    'IBackgroundCopyJob4 : IBackgroundCopyJob2',
  );
  const { faults } = check();
  expect(faults).toContain(
    'IBackgroundCopyJob4: slot 43 is IBackgroundCopyJob4::SetPeerCachingFlags, and in the SDK IBackgroundCopyJob3::ReplaceRemotePrefix (x86_64)',
  );
});

it('finds two slots that are swapped', () => {
  const [first, second] = ['Suspend() = 0;', 'Resume() = 0;'];
  plant('native/jobs/job.h', first, 'Swapped() = 0;');
  plant('native/jobs/job.h', second, first);
  plant('native/jobs/job.h', 'Swapped() = 0;', second);
  const heirs = ['', '2', '3', '4', '5'].map((number) => `IBackgroundCopyJob${number}`);
  expectFaults(
    heirs.flatMap((name) => [
      `${name}: slot 6 is IBackgroundCopyJob::Resume, and in the SDK IBackgroundCopyJob::Suspend (x86_64)`,
      `${name}: slot 7 is IBackgroundCopyJob::Suspend, and in the SDK IBackgroundCopyJob::Resume (x86_64)`,
    ]),
  );
});

it('finds a parameter of another type', () => {
  plant(
    'native/jobs/job.h',
    'SetMaximumDownloadTime(ULONG Timeout)',
    'SetMaximumDownloadTime(UINT64 Timeout)',
  );
  expectFaults([
    'IBackgroundCopyJob4::SetMaximumDownloadTime: its signature: differs from the SDK (x86_64)',
  ]);
});

it('finds a const that is missing', () => {
  plant('native/downloads/download.h', 'const VARIANT* propVal', 'VARIANT* propVal');
  expectFaults(['IDODownload::SetProperty: its signature: differs from the SDK (x86_64)']);
});

it('finds a calling convention, on x86', () => {
  plant('native/downloads/download.h', 'STDMETHODCALLTYPE Pause()', '__cdecl Pause()');
  expectFaults(['IDODownload::Pause: its signature: differs from the SDK (i686)'], 'i686');
});

it('finds a method that is missing', () => {
  plant('native/downloads/download.h', 'virtual HRESULT STDMETHODCALLTYPE Finalize() = 0;', '');
  const { faults } = check();
  expect(faults).toContain(
    'IDODownload: slot 6 is IDODownload::GetStatus, and in the SDK IDODownload::Finalize (x86_64)',
  );
});

it('finds the value of an enum', () => {
  plant('native/generated/enums.h', 'BG_JOB_STATE_ERROR = 4', 'BG_JOB_STATE_ERROR = 14');
  expectFaults(['BG_JOB_STATE_ERROR: its value: differs from the SDK (x86_64)']);
});

it('finds a value that an enum lacks', () => {
  plant('native/generated/enums.h', '  DODownloadState_Paused = 5,\n', '');
  expectFaults(['native/ lacks in DODownloadState DODownloadState_Paused, which the SDK has']);
});

it('finds fields in another order', () => {
  const [first, second] = ['HRESULT Error;', 'HRESULT ExtendedError;'];
  plant('native/downloads/structs.h', `${first}\n  ${second}`, `${second}\n  ${first}`);
  expectFaults([
    'DO_DOWNLOAD_STATUS.Error: its offset: differs from the SDK (x86_64)',
    'DO_DOWNLOAD_STATUS.ExtendedError: its offset: differs from the SDK (x86_64)',
  ]);
});

it('finds a field of another type', () => {
  plant('native/jobs/structs.h', 'ULONG FilesTransferred;', 'LONG FilesTransferred;');
  expectFaults(['BG_JOB_PROGRESS.FilesTransferred: its type: differs from the SDK (x86_64)']);
});

it('finds the value of an HRESULT', () => {
  plant(
    'native/generated/hresults.h',
    'DO_E_JOB_NOT_FOUND = 0x80D02003',
    'DO_E_JOB_NOT_FOUND = 0x80D02004',
  );
  expectFaults(['DO_E_JOB_NOT_FOUND: its value: differs from the SDK (x86_64)']);
});

it('finds constants of 64 bits that are cut to 32', () => {
  plant(
    'native/generated/constants.h',
    'BG_SIZE_UNKNOWN = 0xFFFFFFFFFFFFFFFF',
    'BG_SIZE_UNKNOWN = 0xFFFFFFFF',
  );
  plant(
    'native/spec/constants.json',
    '"DO_LENGTH_TO_EOF",\n    "type": "uint64",\n    "value": "0xFFFFFFFFFFFFFFFF"',
    '"DO_LENGTH_TO_EOF",\n    "type": "uint64",\n    "value": "0xFFFFFFFF"',
  );
  expectFaults([
    'BG_SIZE_UNKNOWN: its value: differs from the SDK (x86_64)',
    'native/spec: DO_LENGTH_TO_EOF: differs from the SDK (x86_64)',
  ]);
});

it('finds a code of Windows that is no HRESULT', () => {
  plant('native/spec/hresults/win32.json', '"0x80070002"', '"0x2"');
  expectFaults(['native/spec: ERROR_FILE_NOT_FOUND: differs from the SDK (x86_64)']);
});

it('finds the member of a union', () => {
  plant('native/jobs/structs.h', 'BG_BASIC_CREDENTIALS Basic;', 'LPWSTR Basic[2];');
  expectFaults(['BG_AUTH_CREDENTIALS.Credentials.Basic: its type: differs from the SDK (x86_64)']);
});

it('finds an HRESULT that native/ lacks', () => {
  const line = 'inline constexpr std::uint32_t DO_E_NO_SERVICE = 0x80D01001;';
  plant('native/generated/hresults.h', line, '');
  expectFaults(['native/ lacks the constant DO_E_NO_SERVICE, which the SDK has']);
});

it('finds an HRESULT that the spec lacks', () => {
  const path = 'native/spec/hresults/delivery-optimization.json';
  plant(path, '"DO_E_NO_SERVICE"', '"DO_E_NO_SERVICES"');
  expectFaults([
    'native/spec lacks the constant DO_E_NO_SERVICE, which the SDK has',
    "native/spec: DO_E_NO_SERVICES: use of undeclared identifier 'DO_E_NO_SERVICES' (x86_64)",
  ]);
});

it('finds an interface that the SDK does not have', () => {
  plant('native/jobs/token_options.h', 'IBitsTokenOptions', 'IBitsTokenChoices');
  expectFaults([
    'native/ lacks the interface IBitsTokenOptions, which the SDK has',
    'native/ has the interface IBitsTokenChoices, which the SDK lacks',
  ]);
});

it('finds a slot of the facts', () => {
  plant('test/abi/facts.json', '"name": "CreateDownload"', '"name": "MakeDownload"');
  expectFaults([
    'test/abi/facts.json: IDOManager: slot 3 is MakeDownload, and in the SDK CreateDownload',
    'test/abi/facts.json lacks in IDOManager the method CreateDownload, which the SDK has',
  ]);
});

it('finds a type and a class of the facts', () => {
  plant('test/abi/facts.json', 'const DO_DOWNLOAD_STATUS*', 'DO_DOWNLOAD_STATUS*');
  plant('test/abi/facts.json', '1ECCA34C-E88A', '1ECCA34C-E88B');
  expectFaults([
    'test/abi/facts.json: IDODownloadStatusCallback::OnStatusChange: its signature: differs from the SDK (x86_64)',
    'test/abi/facts.json: the class BackgroundCopyManager5_0: differs from the SDK (x86_64)',
  ]);
});

it('finds a base of the facts', () => {
  plant('test/abi/facts.json', '"base": "IBackgroundCopyJob3"', '"base": "IUnknown"');
  expectFaults([
    'test/abi/facts.json: IBackgroundCopyJob4: its base is IUnknown, and in the SDK IBackgroundCopyJob3',
  ]);
});

it('finds types of fields and constants of the facts', () => {
  const file = 'test/abi/facts.json';
  plant(file, '"UINT",\n     "RangeCount"', '"INT",\n     "RangeCount"');
  plant(file, 'DO_DOWNLOAD_RANGE[1..', 'DO_DOWNLOAD_RANGE[2..');
  plant(file, 'union{BG_BASIC_CREDENTIALS', 'union{BG_FILE_INFO');
  plant(file, '"(OLECHAR*)-1"', '"(OLECHAR*)-2"');
  plant(file, '"(void*)-1"', '"(char*)-1"');
  expectFaults(
    [
      ...[
        'DO_DOWNLOAD_RANGES_INFO.RangeCount: its type',
        'DO_DOWNLOAD_RANGES_INFO.Ranges: its type',
      ],
      ...['BG_AUTH_CREDENTIALS.Credentials: its type', 'COLE_DEFAULT_PRINCIPAL'],
      'COLE_DEFAULT_AUTHINFO',
    ].map((what) => `${file}: ${what}: differs from the SDK (x86_64)`),
  );
});

it('finds exceptions that there is no reason for', () => {
  plant(
    'tools/sdk/conformance/reasons.json',
    '["DO_E_EMPTY"]',
    '["DO_E_EMPTY", "INeverThere", "BG_JOB_STATE_ERROR"]',
  );
  expectFaults([
    'reasons.json says that the SDK lacks INeverThere, which we do not have either',
    'reasons.json says that the SDK lacks BG_JOB_STATE_ERROR, and it has it',
  ]);
});
