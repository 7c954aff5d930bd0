// SPDX-License-Identifier: MIT
//
// Turns a download's properties into the HTTP options of its transfer, and the server's response
// into properties.
#pragma once

#include "stand-in/downloads/download_record.h"

namespace dosvc_stand_in {

HttpOptions HttpOptionsOf(const DownloadRecord& record);

// Sets the properties that report the server's last response.
void TakeResponse(const Response& response, DownloadRecord& record);

}  // namespace dosvc_stand_in
