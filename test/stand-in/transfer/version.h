// SPDX-License-Identifier: MIT
//
// Whether an answer is of the version of the remote file that the bytes at hand are of.
#pragma once

#include "stand-in/transfer/answer.h"
#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {

// kUnknown: neither size, date nor entity tag says anything.
enum class Version { kUnknown, kSame, kOther };

Version CompareVersions(const FileState& state, const Answer& answer);

}  // namespace dosvc_stand_in
