// SPDX-License-Identifier: MIT
//
// Which bytes of the remote file come next: a file's ranges, and how far it is in them.
#pragma once

#include <optional>
#include <vector>

#include "stand-in/transfer/transfer.h"

namespace dosvc_stand_in {

// The spans that are wanted: the whole file is one.
std::vector<Span> WantedSpans(const FileSource& source);

// What is left of the span that `done` lies in, or nothing. `size` is the remote file's.
std::optional<Span> NextPiece(const std::vector<Span>& spans,
                              std::uint64_t done,
                              std::uint64_t size);

// Whether all of them lie in a file of that size.
bool FitInto(const std::vector<Span>& spans, std::uint64_t size);

// How many bytes they are, in a file of that size; it may be unknown.
std::uint64_t TotalOf(const std::vector<Span>& spans, std::uint64_t size);

}  // namespace dosvc_stand_in
