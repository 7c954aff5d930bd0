// SPDX-License-Identifier: MIT

#include "server/ranges.h"

#include <algorithm>

#include "server/hresult.h"

namespace dosvc_stand_in {

using dosvc::abi::DO_E_INVALID_RANGE;
using dosvc::abi::DO_E_OVERLAPPING_RANGES;

// DOC: IDeliveryOptimizationJob::AddFileWithRanges, Return value,
// learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationjob-addfilewithranges
HRESULT TakeRanges(DWORD count, const dosvc::abi::BG_FILE_RANGE* given, std::vector<Span>& ranges) {
  if (count > 0 && !given) return E_INVALIDARG;
  for (DWORD i = 0; i < count; ++i) {
    const Span range{given[i].InitialOffset, given[i].Length};
    if (range.offset == kToEnd || range.length == 0) return Hresult(DO_E_INVALID_RANGE);
    // A range has its end among the numbers, too.
    if (range.length != kToEnd && range.length > kToEnd - range.offset) {
      return Hresult(DO_E_INVALID_RANGE);
    }
    ranges.push_back(range);
  }
  auto sorted = ranges;
  std::stable_sort(sorted.begin(), sorted.end(), [](const Span& left, const Span& right) {
    return left.offset < right.offset;
  });
  for (std::size_t i = 1; i < sorted.size(); ++i) {
    const Span& before = sorted[i - 1];
    const bool open = before.length == kToEnd;
    if (open || before.offset + before.length > sorted[i].offset) {
      return Hresult(DO_E_OVERLAPPING_RANGES);
    }
  }
  return S_OK;
}

std::uint64_t SizeOf(const std::vector<Span>& ranges) {
  std::uint64_t size = 0;
  for (const auto& range : ranges) {
    if (range.length == kToEnd) return kUnknownSize;
    size += range.length;
  }
  return size;
}

}  // namespace dosvc_stand_in
