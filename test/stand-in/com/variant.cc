// SPDX-License-Identifier: MIT

#include "stand-in/com/variant.h"

#include <oleauto.h>

namespace dosvc_stand_in {

HRESULT GiveVariant(const std::wstring& text, VARIANT* value) {
  const BSTR copy = SysAllocStringLen(text.data(), static_cast<UINT>(text.size()));
  if (!copy) return E_OUTOFMEMORY;
  VariantInit(value);
  V_VT(value) = VT_BSTR;
  V_BSTR(value) = copy;
  return S_OK;
}

HRESULT GiveVariant(bool truth, VARIANT* value) {
  VariantInit(value);
  V_VT(value) = VT_BOOL;
  V_BOOL(value) = truth ? VARIANT_TRUE : VARIANT_FALSE;
  return S_OK;
}

HRESULT GiveVariant(std::uint32_t number, VARIANT* value) {
  VariantInit(value);
  V_VT(value) = VT_UI4;
  V_UI4(value) = number;
  return S_OK;
}

HRESULT GiveVariant(std::uint64_t number, VARIANT* value) {
  VariantInit(value);
  V_VT(value) = VT_UI8;
  V_UI8(value) = number;
  return S_OK;
}

HRESULT TakeVariant(const VARIANT& value, std::wstring& text) {
  if (V_VT(&value) != VT_BSTR) return E_INVALIDARG;
  const BSTR given = V_BSTR(&value);
  text.assign(given ? given : L"", SysStringLen(given));
  return S_OK;
}

HRESULT TakeVariant(const VARIANT& value, bool& truth) {
  if (V_VT(&value) != VT_BOOL) return E_INVALIDARG;
  truth = V_BOOL(&value) != VARIANT_FALSE;
  return S_OK;
}

HRESULT TakeVariant(const VARIANT& value, std::uint32_t& number) {
  if (V_VT(&value) != VT_UI4) return E_INVALIDARG;
  number = V_UI4(&value);
  return S_OK;
}

HRESULT TakeVariant(const VARIANT& value, std::uint64_t& number) {
  if (V_VT(&value) != VT_UI8) return E_INVALIDARG;
  number = V_UI8(&value);
  return S_OK;
}

}  // namespace dosvc_stand_in
