// SPDX-License-Identifier: MIT
//
// A VARIANT of our own. Its type comes with the value, from the property table, never from what
// JavaScript happened to pass: services are strict about VT_UI4 and VT_UI8. [COM]
#pragma once

#include <oaidl.h>
#include <windows.h>

#include "core/value.h"

namespace dosvc::com {

class CallContext;

class OwnedVariant {
 public:
  OwnedVariant() { VariantInit(&variant_); }
  ~OwnedVariant();  // wipes text and bytes
  OwnedVariant(const OwnedVariant&) = delete;
  OwnedVariant& operator=(const OwnedVariant&) = delete;

  // From { vt, value }; false where they do not fit.
  bool Read(const Value& given, CallContext& context);
  // To { vt, value }; a type that this version does not know has the value null.
  Value Write(CallContext& context) const;

  VARIANT* get() { return &variant_; }
  const VARIANT* get() const { return &variant_; }

 private:
  bool ReadString(const Value& value);
  bool ReadBytes(const Value& value);

  VARIANT variant_;
};

}  // namespace dosvc::com
