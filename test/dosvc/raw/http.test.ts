// SPDX-License-Identifier: MIT
// How a download's properties affect its requests, and what they report of the response.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from 'vitest';
import { it } from '../../stand-in/client/fixtures.js';
import { selfSigned } from '../../http/certificate.js';
import { bytesOf } from '../../http/served.js';
import { HttpServer } from '../../http/server.js';
import { createFor, Property, VT } from './download.js';

describe('the server', () => {
  it('receives the headers, and those for authentication when it asks', async ({
    control,
    folder,
    server,
  }) => {
    const content = bytesOf(10);
    const plain = await createFor(server.serve('one', { content }), join(folder, 'one'));
    const headers = 'X-One: 1\r\nno header\r\nX-Two:2';
    await plain.set(Property.HttpCustomHeaders, [VT.BSTR, headers]);
    await plain.set(Property.HttpCustomAuthHeaders, [VT.BSTR, 'Authorization: Test x']);
    await plain.start();
    await plain.reach('transferred');
    expect(server.asked[0]?.headers).toMatchObject({ 'x-one': '1', 'x-two': '2' });
    expect(server.asked[0]?.headers.authorization).toBeUndefined();

    const url = server.serve('two', { content, statuses: [401] });
    const challenged = await createFor(url, join(folder, 'two'));
    await challenged.set(Property.HttpCustomAuthHeaders, [VT.BSTR, 'Authorization: Test x']);
    await challenged.start();
    await challenged.reach('transferred');
    expect(server.asked.map(({ headers: { authorization } }) => authorization)).toEqual([
      undefined,
      undefined,
      'Test x',
    ]);
    expect(await control.count('downloads')).toBe(2);
    for (const download of [plain, challenged]) download.release();
  });

  it('is reported on: its status, headers, address and redirection', async ({
    control,
    folder,
    server,
  }) => {
    const target = server.serve('target', { content: bytesOf(10), etag: '"seen"' });
    const url = server.serve('file', { content: bytesOf(1), redirect: target });
    const download = await createFor(url, join(folder, 'x'));
    await download.start();
    await download.reach('transferred');
    expect(await download.get(Property.HttpStatusCode)).toEqual([VT.UI4, 206n]);
    expect(await download.get(Property.HttpResponseHeaders)).toEqual([
      VT.BSTR,
      expect.stringContaining('"seen"'),
    ]);
    expect(await download.get(Property.HttpServerIPAddress)).toEqual([VT.BSTR, '127.0.0.1']);
    expect(await download.get(Property.HttpRedirectionTarget)).toEqual([VT.BSTR, target]);
    expect(await download.get(Property.TotalSizeBytes)).toEqual([VT.UI8, 10n]);

    const lost = await createFor(`${target}-lost`, join(folder, 'y'));
    await lost.start();
    expect(await lost.fails()).toMatchObject({ state: 'paused', error: 0x80190194 });
    expect(await lost.get(Property.HttpStatusCode)).toEqual([VT.UI4, 404n]);
    expect(existsSync(join(folder, 'y'))).toBe(false);
    expect(await control.count('downloads')).toBe(2);
    for (const one of [download, lost]) one.release();
  });

  it('is trusted without checks if the security flags say so', async ({
    control,
    folder,
    server,
  }) => {
    const secure = await HttpServer.start(selfSigned('localhost'));
    const content = bytesOf(1000);
    const url = secure.serve('file', { content });
    const strict = await createFor(url, join(folder, 'strict'));
    await strict.start();
    const { error, state } = await strict.fails();
    // The certificate's error: the facility of Win32, and a code of WinHTTP.
    expect([state, error >>> 16, (error & 0xffff) > 12000]).toEqual(['paused', 0x8007, true]);

    const path = join(folder, 'lenient');
    const lenient = await createFor(url, path);
    // Neither the authority nor the name is checked.
    await lenient.set(Property.SecurityFlags, [VT.UI4, 0x1100n]);
    await lenient.start();
    await lenient.reach('transferred');
    await lenient.finalize();
    expect(readFileSync(path).equals(content)).toBe(true);

    // The same certificate, and a redirect to plain HTTP, which is followed only if allowed.
    const plain = server.serve('plain', { content });
    const redirected = secure.serve('redirected', { content, redirect: plain });
    const allowed = await createFor(redirected, join(folder, 'allowed'));
    await allowed.set(Property.SecurityFlags, [VT.UI4, 0x1100n]);
    await allowed.set(Property.HttpAllowSecureToNonSecureRedirect, [VT.BOOL, -1n]);
    await allowed.start();
    await allowed.reach('transferred');
    const refused = await createFor(redirected, join(folder, 'refused'));
    await refused.set(Property.SecurityFlags, [VT.UI4, 0x1100n]);
    await refused.start();
    await refused.fails();
    expect(server.asked.map((one) => one.path)).toEqual(['/plain']);
    expect(await control.count('downloads')).toBe(3);
    await secure.stop();
    for (const one of [strict, lenient, allowed, refused]) one.release();
  });
});
