// SPDX-License-Identifier: MIT
//
// BITS' codes in place of Delivery Optimization's, if the switch "bits-codes" says so. No page says
// that the service returns them; but its job API is that of BITS, whose clients know BITS' codes.
#pragma once

#include <windows.h>

namespace dosvc_stand_in {

// The code of BITS where both have one. Otherwise, or without the switch, returns `hr`.
HRESULT InBitsCodes(HRESULT hr);

}  // namespace dosvc_stand_in
