// SPDX-License-Identifier: MIT
// download.mjs URL FILE OPTIONS: downloads a file. OPTIONS: those of download(), as JSON. Prints how it
// starts, how many bytes have come, and what it ends with.

import { download } from 'dosvc';

const [url = '', file = '', options = '{}'] = process.argv.slice(2);
const result = await download(url, file, {
  ...JSON.parse(options),
  onStart: ({ route, id }) => console.log(`starts ${route} ${id}`),
  onProgress: ({ bytesTransferred }) => {
    if (bytesTransferred > 0) console.log(`has ${bytesTransferred}`);
  },
});
console.log(JSON.stringify(result));
