// SPDX-License-Identifier: MIT
//
// How long the service keeps what nobody completes, finalizes or ends otherwise.
#pragma once

#include "server/clock.h"

namespace dosvc_stand_in {

// DOC: IBackgroundCopyJob::Complete, Remarks,
// learn.microsoft.com/windows/win32/delivery_optimization/ibackgroundcopyjob-complete
// Of downloads no page gives a number: winget's source says "days". They live as long as jobs.
constexpr Ticks kLifetime = Ticks{30} * 24 * 3600 * kTicksPerSecond;

}  // namespace dosvc_stand_in
