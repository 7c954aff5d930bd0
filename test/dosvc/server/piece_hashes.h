// SPDX-License-Identifier: MIT
//
// The piece hash file of a download whose integrity check is mandatory.
#pragma once

#include "server/download_record.h"

namespace dosvc_stand_in {

// Fetches it. What it says is not compared: no page has its form.
Result FetchPieceHashes(const std::wstring& info, const HttpOptions& options, const Stop& stop);

}  // namespace dosvc_stand_in
