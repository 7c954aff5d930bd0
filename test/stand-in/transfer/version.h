// SPDX-License-Identifier: MIT
//
// Whether an answer is of the version of the remote file that the bytes at hand are of.
#pragma once

#include "stand-in/transfer/answer.h"
#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {

// Where neither size, date nor entity tag says anything, it is another version.
bool IsSameVersion(const FileState& state, const Answer& answer);

}  // namespace dosvc_stand_in
