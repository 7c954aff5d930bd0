// SPDX-License-Identifier: MIT
//
// A job's record as text: a line for each value, its name first.
#pragma once

#include <optional>
#include <string>

#include "server/record.h"

namespace dosvc_stand_in {

std::wstring Write(const JobRecord& job);
// Nothing where the text is not whole.
std::optional<JobRecord> Read(const std::wstring& text);

}  // namespace dosvc_stand_in
