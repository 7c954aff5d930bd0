// SPDX-License-Identifier: MIT
//
// Whether an answer is of the version of the remote file that the bytes at hand are of.
#pragma once

#include <string>

#include "stand-in/transfer/answer.h"
#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {

// What If-Range may say for the bytes at hand; empty where there is nothing to tell versions by.
std::wstring IfRange(const FileState& state);

// Whether a 206 goes on with the bytes at hand. Where neither says anything, it does not.
bool IsSameVersion(const FileState& state, const Answer& answer);

}  // namespace dosvc_stand_in
