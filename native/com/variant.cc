// SPDX-License-Identifier: MIT

#include "com/variant.h"

#include <algorithm>
#include <cstdint>

#include "com/call_context.h"
#include "com/params.h"

namespace dosvc::com {
namespace {

Value FromBstr(BSTR string) {
  if (string == nullptr) return std::u16string();
  return std::u16string(reinterpret_cast<const char16_t*>(string), SysStringLen(string));
}

Value FromBytes(SAFEARRAY* array) {
  LONG lower = 0;
  LONG upper = -1;
  void* data = nullptr;
  if (array == nullptr || FAILED(SafeArrayGetLBound(array, 1, &lower)) ||
      FAILED(SafeArrayGetUBound(array, 1, &upper)) || FAILED(SafeArrayAccessData(array, &data))) {
    return {};
  }
  const auto* const bytes = static_cast<const std::uint8_t*>(data);
  Bytes copy(bytes, bytes + (upper - lower + 1));
  SafeArrayUnaccessData(array);
  return copy;
}

void WipeBytes(SAFEARRAY* array) {
  void* data = nullptr;
  if (array == nullptr || FAILED(SafeArrayAccessData(array, &data))) return;
  Wipe(data, array->rgsabound[0].cElements);
  SafeArrayUnaccessData(array);
}

}  // namespace

OwnedVariant::~OwnedVariant() {
  if (variant_.vt == VT_BSTR && variant_.bstrVal != nullptr) {
    Wipe(variant_.bstrVal, SysStringLen(variant_.bstrVal) * sizeof(OLECHAR));
  } else if (variant_.vt == (VT_ARRAY | VT_UI1)) {
    WipeBytes(variant_.parray);
  }
  VariantClear(&variant_);
}

bool OwnedVariant::Read(const Value& given, CallContext& context) {
  const auto* const value = Find(given, "value");
  std::uint32_t vt = VT_EMPTY;
  if (value == nullptr || !ReadField(given, "vt", &vt) || !ReadAs(vt, *value, context))
    return false;
  variant_.vt = static_cast<VARTYPE>(vt);
  return true;
}

bool OwnedVariant::ReadAs(std::uint32_t vt, const Value& value, CallContext& context) {
  switch (vt) {
    case VT_EMPTY:
      return value.IsNull();
    case VT_BSTR:
      return ReadString(value);
    case VT_BOOL: {
      BOOL flag = FALSE;
      const bool read = ReadScalar(value, &flag);
      variant_.boolVal = flag != FALSE ? VARIANT_TRUE : VARIANT_FALSE;
      return read;
    }
    case VT_UI4:
      return ReadScalar(value, &variant_.ulVal);
    case VT_UI8:
      return ReadScalar(value, &variant_.ullVal);
    case VT_UNKNOWN: {
      auto sink = context.SinkOf(value, abi::kIidOf<IUnknown>);
      variant_.punkVal = sink.Detach();
      return variant_.punkVal != nullptr || value.IsNull();
    }
    case VT_ARRAY | VT_UI1:
      return ReadBytes(value);
    default:
      return false;
  }
}

bool OwnedVariant::ReadString(const Value& value) {
  const auto* const text = value.As<std::u16string>();
  if (text == nullptr) return false;
  variant_.bstrVal = SysAllocStringLen(reinterpret_cast<const OLECHAR*>(text->data()),
                                       static_cast<UINT>(text->size()));
  return variant_.bstrVal != nullptr;
}

bool OwnedVariant::ReadBytes(const Value& value) {
  const auto* const bytes = value.As<Bytes>();
  if (bytes == nullptr) return false;
  auto* const array = SafeArrayCreateVector(VT_UI1, 0, static_cast<ULONG>(bytes->size()));
  void* data = nullptr;
  if (array == nullptr || FAILED(SafeArrayAccessData(array, &data))) return false;
  std::copy(bytes->begin(), bytes->end(), static_cast<std::uint8_t*>(data));
  SafeArrayUnaccessData(array);
  variant_.parray = array;
  return true;
}

Value OwnedVariant::Write(CallContext& context) const {
  return Record{{"vt", static_cast<double>(variant_.vt)}, {"value", Content(context)}};
}

Value OwnedVariant::Content(CallContext& context) const {
  switch (variant_.vt) {
    case VT_BSTR:
      return FromBstr(variant_.bstrVal);
    case VT_BSTR | VT_BYREF:
      return FromBstr(variant_.pbstrVal != nullptr ? *variant_.pbstrVal : nullptr);
    case VT_BOOL:
      return variant_.boolVal != VARIANT_FALSE;
    case VT_UI4:
      return static_cast<double>(variant_.ulVal);
    case VT_I4:
      return static_cast<double>(variant_.lVal);
    case VT_UI8:
      return Number(variant_.ullVal);
    case VT_UNKNOWN:
      return context.IdentifySink(variant_.punkVal);
    case VT_ARRAY | VT_UI1:
      return FromBytes(variant_.parray);
    default:
      return {};
  }
}

}  // namespace dosvc::com
