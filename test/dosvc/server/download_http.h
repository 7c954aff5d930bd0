// SPDX-License-Identifier: MIT
//
// How a download's properties make its transfer ask the server.
#pragma once

#include "server/download_record.h"

namespace dosvc_stand_in {

HttpOptions HttpOptionsOf(const DownloadRecord& record);

// The properties that tell of the server's last answer.
void TakeResponse(const Response& response, DownloadRecord& record);

}  // namespace dosvc_stand_in
