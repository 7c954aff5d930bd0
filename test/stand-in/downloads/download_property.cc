// SPDX-License-Identifier: MIT
//
// DOC: DODownloadProperty,
// learn.microsoft.com/windows/win32/api/deliveryoptimization/ne-deliveryoptimization-dodownloadproperty
// and the comments of deliveryoptimization.idl, which state each property's access and when it was
// introduced.

#include "stand-in/downloads/download_property.h"

#include <oleauto.h>
// After windows.h.
#include <wincrypt.h>

#include "stand-in/com/hresult.h"
#include "stand-in/com/variant.h"
#include "stand-in/downloads/json_syntax.h"
#include "stand-in/service/windows_build.h"

namespace dosvc_stand_in {

using namespace dosvc::abi;

namespace {

constexpr std::uint32_t kLeastTimeout = 60;

constexpr auto kBoth = Access::kReadWrite;
constexpr auto kRead = Access::kReadOnly;
constexpr auto kWrite = Access::kWriteOnly;
constexpr auto kBefore = Settable::kBeforeStart;
constexpr auto kAtRest = Settable::kAtRest;
constexpr auto kAlways = Settable::kUntilTheEnd;
constexpr VARTYPE kBytes = VT_ARRAY | VT_UI1;

constexpr DownloadProperty kProperties[] = {
    {DODownloadProperty_Id, VT_BSTR, kRead, k1809, kBefore},
    {DODownloadProperty_Uri, VT_BSTR, kBoth, k1809, kAtRest},
    {DODownloadProperty_ContentId, VT_BSTR, kBoth, k1809, kBefore},
    {DODownloadProperty_DisplayName, VT_BSTR, kBoth, k1809, kAlways},
    {DODownloadProperty_LocalPath, VT_BSTR, kBoth, k1809, kBefore},
    {DODownloadProperty_HttpCustomHeaders, VT_BSTR, kBoth, k1809, kAtRest},
    {DODownloadProperty_CostPolicy, VT_UI4, kBoth, k1809, kAlways},
    {DODownloadProperty_SecurityFlags, VT_UI4, kWrite, k1809, kAtRest},
    {DODownloadProperty_CallbackFreqPercent, VT_UI4, kBoth, k1809, kAlways},
    {DODownloadProperty_CallbackFreqSeconds, VT_UI4, kBoth, k1809, kAlways},
    {DODownloadProperty_NoProgressTimeoutSeconds, VT_UI4, kBoth, k1809, kAlways},
    {DODownloadProperty_ForegroundPriority, VT_BOOL, kBoth, k1809, kAlways},
    {DODownloadProperty_BlockingMode, VT_BOOL, kBoth, k1809, kAtRest},
    {DODownloadProperty_CallbackInterface, VT_UNKNOWN, kBoth, k1809, kAlways},
    {DODownloadProperty_StreamInterface, VT_UNKNOWN, kBoth, k1809, kAtRest},
    {DODownloadProperty_SecurityContext, kBytes, kWrite, k1809, kAtRest},
    {DODownloadProperty_NetworkToken, VT_BOOL, kWrite, k1809, kAtRest},
    {DODownloadProperty_CorrelationVector, VT_BSTR, kBoth, k2004, kAlways},
    {DODownloadProperty_DecryptionInfo, VT_BSTR, kWrite, k2004, kBefore},
    {DODownloadProperty_IntegrityCheckInfo, VT_BSTR, kWrite, k2004, kBefore},
    {DODownloadProperty_IntegrityCheckMandatory, VT_BOOL, kBoth, k2004, kBefore},
    {DODownloadProperty_TotalSizeBytes, VT_UI8, kBoth, k2004, kBefore},
    {DODownloadProperty_DisallowOnCellular, VT_BOOL, kBoth, kIron, kAlways},
    {DODownloadProperty_HttpCustomAuthHeaders, VT_BSTR, kBoth, kIron, kAtRest},
    {DODownloadProperty_HttpAllowSecureToNonSecureRedirect, VT_BOOL, kBoth, kNickel, kAtRest},
    {DODownloadProperty_NonVolatile, VT_BOOL, kBoth, kNickel, kBefore},
    {DODownloadProperty_HttpRedirectionTarget, VT_BSTR, kRead, kGermanium, kBefore},
    {DODownloadProperty_HttpResponseHeaders, VT_BSTR, kRead, kGermanium, kBefore},
    {DODownloadProperty_HttpServerIPAddress, VT_BSTR, kRead, kGermanium, kBefore},
    {DODownloadProperty_HttpStatusCode, VT_UI4, kRead, kGermanium, kBefore},
};

// Checks what the type alone does not express.
bool MakesSense(DODownloadProperty id, const PropertyValue& value) {
  switch (id) {
    case DODownloadProperty_CostPolicy:
      return std::get<std::uint32_t>(value) <= DODownloadCostPolicy_NoCellular;
    // "The minimum accepted value is 60"; the IDL's comment: 0 is the service's default.
    case DODownloadProperty_NoProgressTimeoutSeconds: {
      const auto seconds = std::get<std::uint32_t>(value);
      return seconds == 0 || seconds >= kLeastTimeout;
    }
    // DOC: do-client, tests/download_properties_tests.cpp, InvalidPhfDigestTest: E_INVALIDARG for
    // text that is not JSON. No page says which keys and values are valid.
    case DODownloadProperty_DecryptionInfo:
    case DODownloadProperty_IntegrityCheckInfo:
      return IsJsonObject(std::get<std::wstring>(value));
    default:
      return true;
  }
}

template <typename Value>
HRESULT Take(const VARIANT& given, PropertyValue& value) {
  Value taken = {};
  const HRESULT hr = TakeVariant(given, taken);
  if (SUCCEEDED(hr)) value = taken;
  return hr;
}

}  // namespace

const DownloadProperty* FindProperty(DODownloadProperty id) {
  for (const auto& property : kProperties) {
    if (property.id == id) return HasBuild(property.since) ? &property : nullptr;
  }
  return nullptr;
}

bool MaySet(const DownloadProperty& property, DODownloadState state) {
  switch (state) {
    case DODownloadState_Created:
      return true;
    case DODownloadState_Transferring:
      return property.settable == kAlways;
    case DODownloadState_Transferred:
    case DODownloadState_Paused:
      return property.settable != kBefore;
    default:
      return false;
  }
}

HRESULT TakeProperty(const DownloadProperty& property, const VARIANT& given, PropertyValue& value) {
  HRESULT hr = E_INVALIDARG;
  if (property.type == VT_BSTR) hr = Take<std::wstring>(given, value);
  if (property.type == VT_BOOL) hr = Take<bool>(given, value);
  if (property.type == VT_UI4) hr = Take<std::uint32_t>(given, value);
  if (property.type == VT_UI8) hr = Take<std::uint64_t>(given, value);
  if (FAILED(hr)) return hr;
  return MakesSense(property.id, value) ? S_OK : E_INVALIDARG;
}

std::optional<PropertyValue> DefaultOf(DODownloadProperty id, const DownloadRecord& record) {
  switch (id) {
    // DOC: do-client, include/do_download_property.h, cost_policy.
    case DODownloadProperty_CostPolicy:
      return static_cast<std::uint32_t>(IsForeground(record) ? DODownloadCostPolicy_Always
                                                             : DODownloadCostPolicy_Standard);
    case DODownloadProperty_CallbackFreqSeconds:
      return 1u;
    case DODownloadProperty_NoProgressTimeoutSeconds:
      return 0u;
    case DODownloadProperty_ForegroundPriority:
    case DODownloadProperty_BlockingMode:
    case DODownloadProperty_HttpAllowSecureToNonSecureRedirect:
    case DODownloadProperty_NonVolatile:
      return false;
    default:
      return std::nullopt;
  }
}

HRESULT GiveProperty(const PropertyValue& value, VARIANT* given) {
  return std::visit([&](const auto& one) { return GiveVariant(one, given); }, value);
}

// DOC: DODownloadProperty_CallbackInterface, DODownloadProperty_StreamInterface: VT_UNKNOWN.
// DOC: shishirb-MSFT/DODownloaderDotNet shows that VT_DISPATCH is E_INVALIDARG and that VT_EMPTY
// clears the property; winget shows that null clears it.
HRESULT TakeInterface(const VARIANT& given, REFIID iid, void** object) {
  *object = nullptr;
  if (V_VT(&given) == VT_EMPTY) return S_OK;
  if (V_VT(&given) != VT_UNKNOWN) return E_INVALIDARG;
  return V_UNKNOWN(&given) ? V_UNKNOWN(&given)->QueryInterface(iid, object) : S_OK;
}

// DOC: do-client, tests/download_properties_tests.cpp, InvalidClientCertTest: CRYPT_E_FILE_ERROR.
HRESULT CheckCertificate(const VARIANT& given) {
  if (V_VT(&given) != kBytes || !V_ARRAY(&given)) return E_INVALIDARG;
  SAFEARRAY* const array = V_ARRAY(&given);
  if (SafeArrayGetDim(array) != 1 || array->rgsabound[0].cElements == 0) return E_INVALIDARG;
  void* bytes = nullptr;
  const HRESULT hr = SafeArrayAccessData(array, &bytes);
  if (FAILED(hr)) return hr;
  const HCERTSTORE store =
      CertOpenStore(CERT_STORE_PROV_MEMORY, 0, 0, CERT_STORE_CREATE_NEW_FLAG, nullptr);
  const BOOL known = CertAddSerializedElementToStore(store,
                                                     static_cast<const BYTE*>(bytes),
                                                     array->rgsabound[0].cElements,
                                                     CERT_STORE_ADD_ALWAYS,
                                                     0,
                                                     CERT_STORE_CERTIFICATE_CONTEXT_FLAG,
                                                     nullptr,
                                                     nullptr);
  CertCloseStore(store, 0);
  SafeArrayUnaccessData(array);
  return known ? S_OK : CRYPT_E_FILE_ERROR;
}

}  // namespace dosvc_stand_in
