// SPDX-License-Identifier: MIT
//
// Wine ends its services when the last process that is not a system process has ended. A process
// that a service starts is not a system process and would keep all services alive, so it declares
// itself to be one.
#pragma once

namespace dosvc_stand_in {

// Does nothing on Windows.
void BecomeSystemProcess();

}  // namespace dosvc_stand_in
