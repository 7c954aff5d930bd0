// SPDX-License-Identifier: MIT
//
// The piece hash file of a download whose integrity check is mandatory.
#pragma once

#include "stand-in/downloads/download_record.h"

namespace dosvc_stand_in {

// Fetches the file. Its hashes are not compared, because no page documents its format.
Result FetchPieceHashes(const std::wstring& info, const HttpOptions& options, const Stop& stop);

}  // namespace dosvc_stand_in
