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
  const auto* const type = Find(given, "vt");
  const auto* const value = Find(given, "value");
  VARTYPE vt = VT_EMPTY;
  std::uint32_t number = 0;
  if (type == nullptr || value == nullptr || !ReadNumber(*type, &number) || number > 0xffff) {
    return false;
  }
  vt = static_cast<VARTYPE>(number);
  switch (vt) {
    case VT_EMPTY:
      return value->IsNull();
    case VT_BSTR:
      return ReadString(*value);
    case VT_BOOL: {
      const auto* const flag = value->As<bool>();
      if (flag == nullptr) return false;
      variant_.boolVal = *flag ? VARIANT_TRUE : VARIANT_FALSE;
      break;
    }
    case VT_UI4:
      if (!ReadNumber(*value, &number)) return false;
      variant_.ulVal = number;
      break;
    case VT_UI8: {
      UINT64 size = 0;
      if (!ReadSize(value, &size)) return false;
      variant_.ullVal = size;
      break;
    }
    case VT_UNKNOWN: {
      ComPtr<IUnknown> sink;
      if (!value->IsNull()) {
        sink = context.SinkOf(*value, abi::kIidOf<IUnknown>);
        if (!sink) return false;
      }
      variant_.punkVal = sink.Detach();
      break;
    }
    case VT_ARRAY | VT_UI1:
      return ReadBytes(*value);
    default:
      return false;
  }
  variant_.vt = vt;
  return true;
}

bool OwnedVariant::ReadString(const Value& value) {
  const auto* const text = value.As<std::u16string>();
  if (text == nullptr) return false;
  variant_.bstrVal = SysAllocStringLen(Wide(*text), static_cast<UINT>(text->size()));
  if (variant_.bstrVal == nullptr) return false;
  variant_.vt = VT_BSTR;
  return true;
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
  variant_.vt = VT_ARRAY | VT_UI1;
  return true;
}

Value OwnedVariant::Write(CallContext& context) const {
  Value value;
  switch (variant_.vt) {
    case VT_BSTR:
      value = FromBstr(variant_.bstrVal);
      break;
    case VT_BSTR | VT_BYREF:
      value = FromBstr(variant_.pbstrVal != nullptr ? *variant_.pbstrVal : nullptr);
      break;
    case VT_BOOL:
      value = variant_.boolVal != VARIANT_FALSE;
      break;
    case VT_UI4:
      value = static_cast<double>(variant_.ulVal);
      break;
    case VT_I4:
      value = static_cast<double>(variant_.lVal);
      break;
    case VT_UI8:
      value = Number(variant_.ullVal);
      break;
    case VT_UNKNOWN:
      value = context.NameSink(variant_.punkVal);
      break;
    case VT_ARRAY | VT_UI1:
      value = FromBytes(variant_.parray);
      break;
    default:
      break;
  }
  return Record{{"vt", static_cast<double>(variant_.vt)}, {"value", std::move(value)}};
}

}  // namespace dosvc::com
