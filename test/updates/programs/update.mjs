// SPDX-License-Identifier: MIT
// update.mjs PACKAGE FOLDER FEED ROUTE QUIT: an application that updates itself, with the library attached.
// Prints that it begins, how many bytes have come, and the last event. As soon as the file QUIT exists, it leaves the
// download to the service and exits, as an application that quits.

import { existsSync } from 'node:fs';
import { attach } from 'dosvc/electron-updater';
import { Application } from '../application.mjs';
import { load } from '../packages.mjs';

const [name = '', folder = '', feed = '', route = '', quit = ''] = process.argv.slice(2);
const application = new Application(load(name), folder, feed);
const detach = attach(application.updater, { routes: [route] });
application.updater.on('update-available', () => {
  console.log('begins');
});
application.updater.on('download-progress', ({ transferred }) => {
  if (transferred > 0) console.log(`has ${transferred}`);
});
setInterval(() => {
  if (existsSync(quit)) void detach({ keep: true }).then(() => process.exit(0));
}, 20).unref();
await application.update();
console.log(application.events.at(-1));
