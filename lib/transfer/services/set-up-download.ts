// SPDX-License-Identifier: MIT
//
// What a download is set to, whether it is new or taken up.

import type { SettableDownloadProperties } from '../../downloads/properties.js';
import type { DownloadCostPolicy } from '../../generated/enums.js';
import { headerLines } from '../../headers.js';
import type { Order } from '../route.js';
import { shownName, tagText } from './tag.js';

// No limit of a display name is documented. That of a job's name, in characters, is the closest.
const longestName = 256;
// Leaves room for the tag and a key.
const longestFileName = 80;

type Wanted = Partial<SettableDownloadProperties> &
  Pick<SettableDownloadProperties, 'displayName' | 'foregroundPriority'>;

/** The properties that can also be set on a download that was paused, except the address. */
export function propertiesFor({ file, tag, key, settings }: Order): Wanted {
  const { priority, cost, headers } = settings;
  const name = shownName(file, longestFileName);
  return {
    displayName: `${name} ${tagText(tag, key, longestName - name.length - 1)}`,
    foregroundPriority: priority === 'foreground',
    ...(cost !== undefined && { costPolicy: cost as DownloadCostPolicy }),
    ...(headers.length > 0 && { httpCustomHeaders: headerLines(headers) }),
  };
}
