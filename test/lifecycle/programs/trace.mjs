// SPDX-License-Identifier: MIT
// trace.mjs ID URL PATH SECRET: makes calls that succeed and a call that fails.

import { BackgroundCopyManager } from 'dosvc';

const [id = '', url = '', path = '', secret = ''] = process.argv.slice(2);
const manager = await BackgroundCopyManager.connect({ service: 'bits' });
const job = await manager.getJob(id);
await job.addFile(url, path);
await job.getState();
await job.setCustomHeaders({ Authorization: secret });
await job.setCredentials({
  ...{ target: 'server', scheme: 'basic' },
  ...{ userName: secret, password: secret },
});
await manager.getJob('00000000-0000-4000-8000-000000000000').catch(() => {});
await manager.close();
