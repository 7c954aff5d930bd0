// SPDX-License-Identifier: MIT
// Plants faults in the package, from the end of its dist/index.js: at least one for each check of the
// smoke suite.

const { readFileSync, writeFileSync } = require('node:fs');

/** Replaces a method with a function that gets the original. */
function replace(object, name, wrapper) {
  const original = object[name];
  object[name] = function (...args) {
    return wrapper.call(this, original.bind(this), ...args);
  };
}

/** Gives every rejection of a method another code. */
function recode(object, name) {
  replace(object, name, (method, ...args) =>
    method(...args).catch((error) => {
      throw Object.assign(error, { code: 'E_FAIL' });
    }),
  );
}

module.exports = (dosvc, { filename }) => {
  const { BackgroundCopyJob, BackgroundCopyManager, Download, DownloadManager } = dosvc;
  // The next require() gets another instance.
  delete require.cache[filename];
  dosvc.isSupported = () => false;
  recode(BackgroundCopyManager, 'connect');
  recode(BackgroundCopyManager.prototype, 'getJob');
  recode(BackgroundCopyJob.prototype, 'wait');
  recode(Download.prototype, 'wait');
  const job = BackgroundCopyJob.prototype;
  replace(job, 'cancel', async (cancel) => ({ ...(await cancel()), code: 'E_FAIL' }));
  replace(BackgroundCopyManager.prototype, 'enumJobs', async (enumJobs) => {
    await enumJobs();
    return [];
  });
  replace(Download.prototype, 'stream', (stream, { ranges }) => stream({ ranges: [ranges[0]] }));

  const files = new WeakMap();
  /** Finishes a download, and changes the first byte of its file. */
  async function spoil(finish) {
    const result = await finish();
    const content = readFileSync(files.get(this));
    content[0] ^= 1;
    writeFileSync(files.get(this), content);
    return result;
  }
  replace(job, 'addFile', function (addFile, url, file) {
    files.set(this, file);
    return addFile(url, file);
  });
  replace(job, 'complete', spoil);
  replace(DownloadManager.prototype, 'createDownload', async (createDownload, properties) => {
    const download = await createDownload(properties);
    files.set(download, properties.localPath);
    return download;
  });
  replace(Download.prototype, 'finalize', spoil);

  if (process.argv[1]?.endsWith('ending.mjs')) {
    process.on('exit', () => {
      process.exitCode = 3;
    });
  }
};
