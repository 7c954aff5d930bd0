// SPDX-License-Identifier: MIT

#include "stand-in/service/ranges.h"

#include <algorithm>

#include "stand-in/com/hresult.h"

namespace dosvc_stand_in {

using dosvc::abi::DO_E_INVALID_RANGE;
using dosvc::abi::DO_E_OVERLAPPING_RANGES;

namespace {

HRESULT Check(const std::vector<Span>& ranges) {
  for (const auto& range : ranges) {
    if (range.offset == kToEnd || range.length == 0) return Hresult(DO_E_INVALID_RANGE);
    // The end of the range must not overflow.
    if (range.length != kToEnd && range.length > kToEnd - range.offset) {
      return Hresult(DO_E_INVALID_RANGE);
    }
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

}  // namespace

// DOC: IDeliveryOptimizationJob::AddFileWithRanges, Return value,
// learn.microsoft.com/windows/win32/delivery_optimization/ideliveryoptimizationjob-addfilewithranges
HRESULT TakeRanges(DWORD count, const dosvc::abi::BG_FILE_RANGE* given, std::vector<Span>& ranges) {
  if (count > 0 && !given) return E_INVALIDARG;
  for (DWORD i = 0; i < count; ++i) ranges.push_back({given[i].InitialOffset, given[i].Length});
  return Check(ranges);
}

// DOC: DO_DOWNLOAD_RANGE,
// learn.microsoft.com/windows/win32/api/deliveryoptimization/ns-deliveryoptimization-do_download_range
// and "Delivery Optimization Return Values", which has the codes:
// learn.microsoft.com/windows/win32/delivery_optimization/do-return-values
HRESULT TakeRanges(const dosvc::abi::DO_DOWNLOAD_RANGES_INFO& given, std::vector<Span>& ranges) {
  for (UINT i = 0; i < given.RangeCount; ++i) {
    ranges.push_back({given.Ranges[i].Offset, given.Ranges[i].Length});
  }
  return Check(ranges);
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
