// SPDX-License-Identifier: MIT
//
// The process as the service manager sees it.
#pragma once

#include "server/options.h"

namespace dosvc_stand_in {

// Returns when the service has stopped.
int RunService(const Options& options);

}  // namespace dosvc_stand_in
