// SPDX-License-Identifier: MIT
// The check against the Windows SDK can fail: it finds and names each kind of mistake that is
// planted in a copy of our declarations, of the records or of the exceptions.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';

const root = join(__dirname, '../..');

let copy = '';

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'dosvc-planted-'));
  for (const path of ['native', 'test/facts', 'tools/sdk/conformance/reasons.json']) {
    cpSync(join(root, path), join(copy, path), { recursive: true });
  }
});

afterEach(() => {
  rmSync(copy, { recursive: true });
});

/** Replaces one text of a file by another, wherever it occurs. */
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

/** Expects exactly these faults, in any order. */
function expectFaults(faults: string[], target?: string) {
  const found = check(target);
  expect(found.faults.toSorted()).toEqual(faults.toSorted());
  expect(found.last).toContain(` passed, ${String(faults.length)} failed`);
  expect(found.status).toBe(1);
}

it('finds nothing if nothing was planted', () => {
  const { status, last, faults } = check();
  expect(faults).toEqual([]);
  expect(last).toMatch(/^\d{4} passed, 0 failed\n$/);
  expect(status).toBe(0);
});

it('finds a wrong IID', () => {
  plant('native/jobs/error.h', '19c613a0', '19c613a1');
  expectFaults(['IBackgroundCopyError: its IID: differs from the SDK (x86_64)']);
});

it('finds an interface with a wrong base', () => {
  plant(
    'native/jobs/job.h',
    'IBackgroundCopyJob4 : IBackgroundCopyJob3',
    'IBackgroundCopyJob4 : IBackgroundCopyJob2',
  );
  const { faults } = check();
  expect(faults).toContain(
    'IBackgroundCopyJob4: slot 43 is IBackgroundCopyJob4::SetPeerCachingFlags, but in the SDK IBackgroundCopyJob3::ReplaceRemotePrefix (x86_64)',
  );
});

it('finds two swapped slots', () => {
  const [first, second] = ['Suspend() = 0;', 'Resume() = 0;'];
  plant('native/jobs/job.h', first, 'Swapped() = 0;');
  plant('native/jobs/job.h', second, first);
  plant('native/jobs/job.h', 'Swapped() = 0;', second);
  const heirs = ['', '2', '3', '4', '5'].map((number) => `IBackgroundCopyJob${number}`);
  expectFaults(
    heirs.flatMap((name) => [
      `${name}: slot 6 is IBackgroundCopyJob::Resume, but in the SDK IBackgroundCopyJob::Suspend (x86_64)`,
      `${name}: slot 7 is IBackgroundCopyJob::Suspend, but in the SDK IBackgroundCopyJob::Resume (x86_64)`,
    ]),
  );
});

it('finds a parameter of a wrong type', () => {
  plant(
    'native/jobs/job.h',
    'SetMaximumDownloadTime(ULONG Timeout)',
    'SetMaximumDownloadTime(UINT64 Timeout)',
  );
  expectFaults([
    'IBackgroundCopyJob4::SetMaximumDownloadTime: its signature: differs from the SDK (x86_64)',
  ]);
});

it('finds a missing const', () => {
  plant('native/downloads/download.h', 'const VARIANT* propVal', 'VARIANT* propVal');
  expectFaults(['IDODownload::SetProperty: its signature: differs from the SDK (x86_64)']);
});

it('finds a wrong calling convention, on x86', () => {
  plant('native/downloads/download.h', 'STDMETHODCALLTYPE Pause()', '__cdecl Pause()');
  expectFaults(['IDODownload::Pause: its signature: differs from the SDK (i686)'], 'i686');
});

it('finds a missing method', () => {
  plant('native/downloads/download.h', 'virtual HRESULT STDMETHODCALLTYPE Finalize() = 0;', '');
  const { faults } = check();
  expect(faults).toContain(
    'IDODownload: slot 6 is IDODownload::GetStatus, but in the SDK IDODownload::Finalize (x86_64)',
  );
});

it('finds a wrong value of an enum', () => {
  plant('native/generated/enums.h', 'BG_JOB_STATE_ERROR = 4', 'BG_JOB_STATE_ERROR = 14');
  expectFaults(['BG_JOB_STATE_ERROR: its value: differs from the SDK (x86_64)']);
});

it('finds a value that an enum lacks', () => {
  plant('native/generated/enums.h', '  DODownloadState_Paused = 5,\n', '');
  expectFaults(['native/ lacks in DODownloadState DODownloadState_Paused, which the SDK has']);
});

it('finds fields in a wrong order', () => {
  const [first, second] = ['HRESULT Error;', 'HRESULT ExtendedError;'];
  plant('native/downloads/structs.h', `${first}\n  ${second}`, `${second}\n  ${first}`);
  expectFaults([
    'DO_DOWNLOAD_STATUS.Error: its offset: differs from the SDK (x86_64)',
    'DO_DOWNLOAD_STATUS.ExtendedError: its offset: differs from the SDK (x86_64)',
  ]);
});

it('finds a field of a wrong type', () => {
  plant('native/jobs/structs.h', 'ULONG FilesTransferred;', 'LONG FilesTransferred;');
  expectFaults(['BG_JOB_PROGRESS.FilesTransferred: its type: differs from the SDK (x86_64)']);
});

it('finds a wrong value of an HRESULT', () => {
  plant(
    'native/generated/hresults.h',
    'DO_E_JOB_NOT_FOUND = 0x80D02003',
    'DO_E_JOB_NOT_FOUND = 0x80D02004',
  );
  expectFaults(['DO_E_JOB_NOT_FOUND: its value: differs from the SDK (x86_64)']);
});

it('finds 64-bit constants that are cut to 32 bits', () => {
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

it('finds a Windows error code that is not an HRESULT', () => {
  plant('native/spec/hresults/win32.json', '"0x80070002"', '"0x2"');
  expectFaults(['native/spec: ERROR_FILE_NOT_FOUND: differs from the SDK (x86_64)']);
});

it('finds a wrong member of a union', () => {
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

it('finds a wrong slot in the facts', () => {
  plant('test/facts/facts.json', '"name": "CreateDownload"', '"name": "MakeDownload"');
  expectFaults([
    'test/facts/facts.json: IDOManager: slot 3 is MakeDownload, but in the SDK CreateDownload',
    'test/facts/facts.json lacks in IDOManager the method CreateDownload, which the SDK has',
  ]);
});

it('finds a wrong type and a wrong class in the facts', () => {
  plant('test/facts/facts.json', 'const DO_DOWNLOAD_STATUS*', 'DO_DOWNLOAD_STATUS*');
  plant('test/facts/facts.json', '1ECCA34C-E88A', '1ECCA34C-E88B');
  expectFaults([
    'test/facts/facts.json: IDODownloadStatusCallback::OnStatusChange: its signature: differs from the SDK (x86_64)',
    'test/facts/facts.json: the class BackgroundCopyManager5_0: differs from the SDK (x86_64)',
  ]);
});

it('finds a wrong base in the facts', () => {
  plant('test/facts/facts.json', '"base": "IBackgroundCopyJob3"', '"base": "IUnknown"');
  expectFaults([
    'test/facts/facts.json: IBackgroundCopyJob4: its base is IUnknown, but in the SDK IBackgroundCopyJob3',
  ]);
});

it('finds wrong types of fields and wrong constants in the facts', () => {
  const file = 'test/facts/facts.json';
  plant(file, '["UINT", "RangeCount"]', '["INT", "RangeCount"]');
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

it('finds exceptions that are not justified', () => {
  plant(
    'tools/sdk/conformance/reasons.json',
    '["DO_E_EMPTY"]',
    '["DO_E_EMPTY", "INeverThere", "BG_JOB_STATE_ERROR"]',
  );
  expectFaults([
    'reasons.json says that the SDK lacks INeverThere, which we do not have either',
    'reasons.json says that the SDK lacks BG_JOB_STATE_ERROR, but the SDK has it',
  ]);
});
