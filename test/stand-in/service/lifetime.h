// SPDX-License-Identifier: MIT
//
// How long the service keeps a job or a download that no client completes, finalizes or otherwise
// ends.
#pragma once

#include "stand-in/service/clock.h"

namespace dosvc_stand_in {

// DOC: IBackgroundCopyJob::Complete, Remarks,
// learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-complete
// No page gives a number for downloads; winget's source says "days". They live as long as jobs.
constexpr Ticks kLifetime = Ticks{30} * 24 * 3600 * kTicksPerSecond;

}  // namespace dosvc_stand_in
