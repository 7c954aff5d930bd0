// SPDX-License-Identifier: MIT
//
// The properties of a download: of which type they are, who may get or set them, and when.
#pragma once

#include <oaidl.h>
#include <windows.h>

#include <optional>

#include "server/download_record.h"

namespace dosvc_stand_in {

enum class Access { kReadWrite, kReadOnly, kWriteOnly };

// From when on a property cannot be set any more. No page says it: DO_E_INVALID_STATE is documented
// alone.
// DOC: IDODownload::SetProperty, Return value,
// learn.microsoft.com/windows/win32/api/deliveryoptimization/nf-deliveryoptimization-idodownload-setproperty
enum class Settable {
  kBeforeStart,
  kAtRest,  // not while it transfers
  kUntilTheEnd,
};

struct DownloadProperty {
  dosvc::abi::DODownloadProperty id;
  VARTYPE type;
  Access access;
  std::uint32_t since;  // the build of Windows that brought it
  Settable settable;
};

// Null: the build of Windows that the service pretends to be does not know it.
const DownloadProperty* FindProperty(dosvc::abi::DODownloadProperty id);

bool MaySet(const DownloadProperty& property, dosvc::abi::DODownloadState state);

// Of those that are plain values. E_INVALIDARG: it is of another type, or makes no sense.
HRESULT TakeProperty(const DownloadProperty& property, const VARIANT& given, PropertyValue& value);

// What is read of a property that was never set; nothing: E_NOT_SET.
std::optional<PropertyValue> DefaultOf(dosvc::abi::DODownloadProperty id,
                                       const DownloadRecord& record);

HRESULT GiveProperty(const PropertyValue& value, VARIANT* given);

// An interface of the caller's. VT_UNKNOWN with null, or VT_EMPTY: none. `iid` is what it is asked
// for.
HRESULT TakeInterface(const VARIANT& given, REFIID iid, void** object);

// The serialized bytes of a CERT_CONTEXT.
HRESULT CheckCertificate(const VARIANT& given);

}  // namespace dosvc_stand_in
