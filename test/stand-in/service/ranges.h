// SPDX-License-Identifier: MIT
//
// The ranges of a file that a client asks for.
#pragma once

#include <windows.h>

#include <vector>

#include "downloads/structs.h"
#include "jobs/structs.h"
#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {

// Appends the ranges that are given to `ranges`, and checks them.
HRESULT TakeRanges(DWORD count, const dosvc::abi::BG_FILE_RANGE* given, std::vector<Span>& ranges);
HRESULT TakeRanges(const dosvc::abi::DO_DOWNLOAD_RANGES_INFO& given, std::vector<Span>& ranges);

// Their total size in bytes, or kUnknownSize if a range extends to the end of the file.
std::uint64_t SizeOf(const std::vector<Span>& ranges);
HRESULT TakeRanges(const dosvc::abi::DO_DOWNLOAD_RANGES_INFO& given, std::vector<Span>& ranges);

}  // namespace dosvc_stand_in
