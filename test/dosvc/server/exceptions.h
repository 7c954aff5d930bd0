// SPDX-License-Identifier: MIT
//
// Logs what breaks the process, or a call in it.
#pragma once

namespace dosvc_stand_in {

// From now on.
void LogExceptions();

}  // namespace dosvc_stand_in
