// SPDX-License-Identifier: MIT
//
// Runs this process as a Windows service.
#pragma once

#include "stand-in/process/options.h"

namespace dosvc_stand_in {

// Returns only if the service does not start. A service that is stopped terminates the process.
int RunService(const Options& options);

}  // namespace dosvc_stand_in
