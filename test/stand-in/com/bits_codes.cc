// SPDX-License-Identifier: MIT

#include "stand-in/com/bits_codes.h"

#include <cstdint>
#include <utility>

#include "stand-in/com/hresult.h"
#include "stand-in/control/switches.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;

namespace {

// Those of the same name. BITS has no code for what DO_E_BLOCKED_BY_NO_NETWORK and
// DO_E_FILE_SIZE_UNKNOWN_HTTP_200 say: BG_E_NETWORK_DISCONNECTED and BG_E_MISSING_FILE_SIZE are
// near, but no page says that the service knows of either.
constexpr std::pair<std::uint32_t, std::uint32_t> kBoth[] = {
    {DO_E_JOB_NOT_FOUND, BG_E_NOT_FOUND},
    {DO_E_JOB_EMPTY, BG_E_EMPTY},
    {DO_E_DOWNLOAD_NO_PROGRESS, BG_E_NO_PROGRESS},
    {DO_E_FILE_NOT_AVAILABLE, BG_E_FILE_NOT_AVAILABLE},
    {DO_E_UNKNOWN_PROPERTY_ID, BG_E_UNKNOWN_PROPERTY_ID},
    {DO_E_READ_ONLY_PROPERTY, BG_E_READ_ONLY_PROPERTY},
    {DO_E_INVALID_STATE, BG_E_INVALID_STATE},
    {DO_E_ERROR_INFORMATION_UNAVAILABLE, BG_E_ERROR_INFORMATION_UNAVAILABLE},
    {DO_E_BLOCKED_BY_COST_TRANSFER_POLICY, BG_E_BLOCKED_BY_COST_TRANSFER_POLICY},
    {DO_E_INVALID_RANGE, BG_E_INVALID_RANGE},
    {DO_E_INSUFFICIENT_RANGE_SUPPORT, BG_E_INSUFFICIENT_RANGE_SUPPORT},
    {DO_E_OVERLAPPING_RANGES, BG_E_OVERLAPPING_RANGES},
};

}  // namespace

HRESULT InBitsCodes(HRESULT hr) {
  if (!Switches::Get().bits_codes) return hr;
  for (const auto& [own, of_bits] : kBoth) {
    if (hr == Hresult(own)) return Hresult(of_bits);
  }
  return hr;
}

}  // namespace dosvc_stand_in
