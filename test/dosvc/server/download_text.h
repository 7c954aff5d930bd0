// SPDX-License-Identifier: MIT
//
// A download's record as text: a line for each value, its name first.
#pragma once

#include <optional>
#include <string>

#include "server/download_record.h"

namespace dosvc_stand_in {

std::wstring WriteDownload(const DownloadRecord& record);
// Nothing where the text is not whole.
std::optional<DownloadRecord> ReadDownload(const std::wstring& text);

}  // namespace dosvc_stand_in
