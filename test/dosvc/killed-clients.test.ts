// SPDX-License-Identifier: MIT

import { it } from '../stand-in/client/fixtures.js';
import { outlivesClients } from '../scenarios/killed-clients.js';

it('a job outlives 6 clients that are killed, and another client completes it', ({
  server,
  folder,
  control,
}) => outlivesClients({ server, folder, control }, 4_000_000, 6));
