// SPDX-License-Identifier: MIT
//
// Moves property values into and out of VARIANTs. The types must match: nothing is converted.
#pragma once

#include <oaidl.h>
#include <windows.h>

#include <cstdint>
#include <string>

namespace dosvc_stand_in {

// The caller clears `value`.
HRESULT GiveVariant(const std::wstring& text, VARIANT* value);
HRESULT GiveVariant(bool truth, VARIANT* value);
HRESULT GiveVariant(std::uint32_t number, VARIANT* value);
HRESULT GiveVariant(std::uint64_t number, VARIANT* value);

HRESULT TakeVariant(const VARIANT& value, std::wstring& text);
HRESULT TakeVariant(const VARIANT& value, bool& truth);
HRESULT TakeVariant(const VARIANT& value, std::uint32_t& number);
HRESULT TakeVariant(const VARIANT& value, std::uint64_t& number);

}  // namespace dosvc_stand_in
