// SPDX-License-Identifier: MIT
//
// IEnumUnknown, over downloads as they were when it was made.
#pragma once

#include <objidl.h>

#include "com/pointer.h"
#include "server/downloads.h"

namespace dosvc_stand_in {

dosvc::com::ComPtr<IEnumUnknown> MakeDownloadsEnumerator(Downloads::List downloads,
                                                         std::size_t at = 0);

}  // namespace dosvc_stand_in
