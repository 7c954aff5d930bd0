// SPDX-License-Identifier: MIT

import { it } from './fixtures.js';
import { outlivesClients } from './killed-clients.js';

it('a job is taken up by 6 clients, each killed, and completed by the last', ({
  server,
  folder,
  control,
}) => outlivesClients({ server, folder, control }, 4_000_000, 6));
