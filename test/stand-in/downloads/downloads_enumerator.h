// SPDX-License-Identifier: MIT
//
// An IEnumUnknown over a snapshot of the downloads.
#pragma once

#include <objidl.h>

#include "com/pointer.h"
#include "stand-in/downloads/downloads.h"

namespace dosvc_stand_in {

dosvc::com::ComPtr<IEnumUnknown> MakeDownloadsEnumerator(Downloads::List downloads,
                                                         std::size_t at = 0);

}  // namespace dosvc_stand_in
