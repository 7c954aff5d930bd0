// SPDX-License-Identifier: MIT
//
// A VARIANT that we own. Its type comes with the value, from the property table, and is never
// inferred from the JavaScript value, because services are strict about VT_UI4 and VT_UI8. [COM]
#pragma once

#include <oaidl.h>
#include <windows.h>

#include <cstdint>

#include "core/value.h"

namespace dosvc::com {

class CallContext;

class OwnedVariant {
 public:
  OwnedVariant() { VariantInit(&variant_); }
  ~OwnedVariant();  // wipes text and bytes
  OwnedVariant(const OwnedVariant&) = delete;
  OwnedVariant& operator=(const OwnedVariant&) = delete;

  // Reads { vt, value }. False if the type is not supported or the value does not fit it.
  bool Read(const Value& given, CallContext& context);
  // Returns { vt, value }; the value is null if this version does not know the type.
  Value Write(CallContext& context) const;

  VARIANT* get() { return &variant_; }
  const VARIANT* get() const { return &variant_; }

 private:
  bool ReadAs(std::uint32_t vt, const Value& value, CallContext& context);
  bool ReadString(const Value& value);
  bool ReadBytes(const Value& value);
  Value Content(CallContext& context) const;

  VARIANT variant_;
};

}  // namespace dosvc::com
