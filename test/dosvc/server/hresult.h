// SPDX-License-Identifier: MIT
//
// The HRESULTs of the service, signed as methods return them.
#pragma once

#include <windows.h>

#include <cstdint>

#include "generated/hresults.h"

namespace dosvc_stand_in {

constexpr HRESULT Hresult(std::uint32_t value) { return static_cast<HRESULT>(value); }

// A property that was never set.
constexpr HRESULT kNotSet = Hresult(0x80070490);

}  // namespace dosvc_stand_in
