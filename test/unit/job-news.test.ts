// SPDX-License-Identifier: MIT
// JobNews: what in a look at a job is new to one listener.

import { describe, expect, it } from 'vitest';
import { JobNews, type JobLook } from '../../lib/jobs/job-look.js';

const progress = { bytesTotal: 10, bytesTransferred: 1, filesTotal: 1, filesTransferred: 0 };

function look(more: Partial<JobLook>): JobLook {
  const first = { place: 1, started: 0, added: 0, error: null, modified: false };
  return { state: 'transferring', progress, ...first, ...more };
}

/** For each look, whether it shows that a state was entered. */
function entered(looks: Partial<JobLook>[]): boolean[] {
  const news = new JobNews();
  const all = looks.map(look);
  return all.map((each, at) => news.entered(each, all[at - 1]));
}

describe('a state is entered', () => {
  it('at the first look, and when it differs from the one before', () => {
    const states = ['queued', 'queued', 'transferred', 'transferred', 'queued'] as const;
    expect(entered(states.map((state) => ({ state })))).toEqual([true, false, true, false, true]);
  });

  it('again if a job in error was started', () => {
    const error = { state: 'error' } as const;
    expect(entered([error, { ...error, started: 1 }, { ...error, started: 1 }])).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('again if a transferred job got files and was started, but not after only one of the two', () => {
    const done = { state: 'transferred' } as const;
    const looks = [
      done,
      { ...done, added: 1 },
      { ...done, added: 1, started: 1 },
      { ...done, added: 1, started: 2 },
    ];
    expect(entered(looks)).toEqual([true, false, true, false]);
  });

  it('only once if a job in any other state was started', () => {
    expect(entered([{ state: 'queued' }, { state: 'queued', started: 1 }])).toEqual([true, false]);
  });
});

it('progress is new at first, and when it has moved', () => {
  const news = new JobNews();
  const [one, same] = [look({}), look({})];
  const more = look({ progress: { ...progress, bytesTransferred: 2 } });
  expect(news.moved(one, undefined)).toEqual(progress);
  expect(news.moved(same, one)).toBeUndefined();
  expect(news.moved(more, same)).toEqual(more.progress);
});
