// SPDX-License-Identifier: MIT

#include "stand-in/transfer/piece.h"

namespace dosvc_stand_in {
namespace {

// In a file of that size; unknown where that is, and the span goes to its end.
std::uint64_t LengthOf(const Span& span, std::uint64_t size) {
  if (span.length != kToEnd) return span.length;
  return size == kUnknownSize ? kUnknownSize : size - span.offset;
}

}  // namespace

std::vector<Span> WantedSpans(const FileSource& source) {
  return source.ranges.empty() ? std::vector<Span>{{0, kToEnd}} : source.ranges;
}

std::optional<Span> NextPiece(const std::vector<Span>& spans,
                              std::uint64_t done,
                              std::uint64_t size) {
  for (const auto& span : spans) {
    const auto length = LengthOf(span, size);
    if (length == kUnknownSize) return Span{span.offset + done, kToEnd};
    if (done < length) return Span{span.offset + done, length - done};
    done -= length;
  }
  return std::nullopt;
}

bool FitInto(const std::vector<Span>& spans, std::uint64_t size) {
  if (size == kUnknownSize) return true;
  for (const auto& span : spans) {
    if (span.offset >= size) return false;
    if (span.length != kToEnd && span.length > size - span.offset) return false;
  }
  return true;
}

std::uint64_t TotalOf(const std::vector<Span>& spans, std::uint64_t size) {
  std::uint64_t total = 0;
  for (const auto& span : spans) {
    const auto length = LengthOf(span, size);
    if (length == kUnknownSize) return kUnknownSize;
    total += length;
  }
  return total;
}

}  // namespace dosvc_stand_in
