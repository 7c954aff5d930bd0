// SPDX-License-Identifier: MIT
//
// Wine ends its services when the last process that is not one of them has ended. A process that a
// service starts is not one of them, and would keep them all alive: so it says that it is.
#pragma once

namespace dosvc_stand_in {

// Nothing on Windows.
void BecomeSystemProcess();

}  // namespace dosvc_stand_in
