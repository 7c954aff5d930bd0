// SPDX-License-Identifier: MIT
//
// The ranges of a file, as a client gives them.
#pragma once

#include <windows.h>

#include <vector>

#include "downloads/structs.h"
#include "jobs/structs.h"
#include "transfer/transfer.h"

namespace dosvc_stand_in {

// Checks the ranges and takes them over.
HRESULT TakeRanges(DWORD count, const dosvc::abi::BG_FILE_RANGE* given, std::vector<Span>& ranges);
HRESULT TakeRanges(const dosvc::abi::DO_DOWNLOAD_RANGES_INFO& given, std::vector<Span>& ranges);

// How many bytes they are, or kUnknownSize where one goes to the end of the file.
std::uint64_t SizeOf(const std::vector<Span>& ranges);
HRESULT TakeRanges(const dosvc::abi::DO_DOWNLOAD_RANGES_INFO& given, std::vector<Span>& ranges);

}  // namespace dosvc_stand_in
