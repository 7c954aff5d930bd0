// SPDX-License-Identifier: MIT
//
// The driver's state on disk: written beside, and put in place by one rename.
#pragma once

#include <optional>
#include <string>

#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {

struct KeptState {
  std::wstring temporary_path;
  FileState file;
};

std::optional<KeptState> ReadKept(const std::wstring& path);
bool Keep(const std::wstring& path, const KeptState& state);

}  // namespace dosvc_stand_in
