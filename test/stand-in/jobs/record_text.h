// SPDX-License-Identifier: MIT
//
// Converts a job's record to text and back: one line per value, its name first.
#pragma once

#include <optional>
#include <string>

#include "stand-in/jobs/record.h"

namespace dosvc_stand_in {

std::wstring Write(const JobRecord& job);
// Returns nullopt if the text is not complete.
std::optional<JobRecord> Read(const std::wstring& text);

}  // namespace dosvc_stand_in
