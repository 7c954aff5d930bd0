// SPDX-License-Identifier: MIT
//
// Converts the service's HRESULTs to the signed type that methods return.
#pragma once

#include <windows.h>

#include <cstdint>

#include "generated/hresults.h"

namespace dosvc_stand_in {

constexpr HRESULT Hresult(std::uint32_t value) { return static_cast<HRESULT>(value); }

// The error for a property that was never set.
constexpr HRESULT kNotSet = Hresult(0x80070490);

}  // namespace dosvc_stand_in
