// SPDX-License-Identifier: MIT
//
// Writes a download's record as text, and reads it back: one line per value, its name first.
#pragma once

#include <optional>
#include <string>

#include "stand-in/downloads/download_record.h"

namespace dosvc_stand_in {

std::wstring WriteDownload(const DownloadRecord& record);
// Empty if the text is incomplete.
std::optional<DownloadRecord> ReadDownload(const std::wstring& text);

}  // namespace dosvc_stand_in
