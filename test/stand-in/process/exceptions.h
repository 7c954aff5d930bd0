// SPDX-License-Identifier: MIT
//
// Logs the exceptions that end the process, or a call in it.
#pragma once

namespace dosvc_stand_in {

// Installs the handlers, for the life of the process.
void LogExceptions();

}  // namespace dosvc_stand_in
